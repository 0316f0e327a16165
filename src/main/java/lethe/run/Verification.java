package lethe.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import lethe.ledger.ArtifactStore;
import lethe.ledger.Manifest;
import lethe.ledger.Progress;
import lethe.ledger.StoreException;
import lethe.plan.StageKey;

/** Compares what the journal says with what stands in the store, at the start of a run. */
final class Verification {
  /**
   * Where the two differ.
   *
   * @param lost why a stage is no longer finished; empty when it was not
   * @param adopted the artifact that stands although the journal has it not so
   * @param altered whether something stands in its place that must be moved away
   */
  record Finding(
      StageKey key, Optional<String> lost, Optional<Manifest> adopted, boolean altered) {}

  private final ArtifactStore store;
  private final Progress progress;
  private final StopFlag stop;

  Verification(ArtifactStore store, Progress progress, StopFlag stop) {
    this.store = store;
    this.progress = progress;
    this.stop = stop;
  }

  /**
   * Looks at the artifacts of {@code keys}, spread over {@code threads} tasks.
   *
   * @return the findings, in the order of {@code keys}
   */
  CompletableFuture<List<Finding>> look(List<StageKey> keys, int threads, Executor pool) {
    List<CompletableFuture<List<Finding>>> parts = new ArrayList<>();
    int share = keys.size() / threads + 1;
    for (int from = 0; from < keys.size(); from += share) {
      List<StageKey> part = keys.subList(from, Math.min(keys.size(), from + share));
      parts.add(CompletableFuture.supplyAsync(() -> look(part), pool));
    }
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
        .thenApply(all -> parts.stream().flatMap(p -> p.join().stream()).toList());
  }

  private List<Finding> look(List<StageKey> keys) {
    List<Finding> findings = new ArrayList<>();
    for (StageKey key : keys) {
      if (stop.isRaised()) {
        break;
      }
      try {
        look(key).ifPresent(findings::add);
      } catch (StoreException e) {
        throw new CompletionException(e);
      }
    }
    return findings;
  }

  private Optional<Finding> look(StageKey key) throws StoreException {
    ArtifactStore.Standing standing = store.check(key);
    Optional<String> recorded = progress.finishedStage(key).map(Progress.Finished::digest);
    if (standing instanceof ArtifactStore.Present present) {
      if (recorded.isEmpty()) {
        return found(key, Optional.empty(), present.manifest());
      }
      return recorded.get().equals(present.digest())
          ? Optional.empty()
          : found(key, Optional.of("another artifact stands in its place"), present.manifest());
    }
    if (standing instanceof ArtifactStore.Altered altered) {
      String reason = "its artifact was altered: " + altered.reason();
      return Optional.of(new Finding(key, Optional.of(reason), Optional.empty(), true));
    }
    return recorded.map(
        digest ->
            new Finding(key, Optional.of("its artifact is missing"), Optional.empty(), false));
  }

  private static Optional<Finding> found(StageKey key, Optional<String> lost, Manifest adopted) {
    return Optional.of(new Finding(key, lost, Optional.of(adopted), false));
  }

  /** Moves what was altered out of the way, so that it can be made again. */
  List<Finding> setAside(List<Finding> findings) {
    for (Finding finding : findings) {
      if (finding.altered()) {
        try {
          store.setAside(finding.key());
        } catch (IOException e) {
          throw new CompletionException(e);
        }
      }
    }
    return findings;
  }
}
