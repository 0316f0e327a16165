package lethe.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What dead processes left in a store and nobody will take up again. Only looks; whoever opens the
 * store clears it away.
 *
 * @param root of the store, which need not exist
 */
record Sweep(Path root) {
  private static final Pattern DRAFT = // hosts may have dots
      Pattern.compile("[0-9a-f]+\\.(?<host>.+)\\.(?<pid>[0-9]{1,18})\\.[0-9]+");
  private static final Duration CLOCK_SLACK =
      Duration.ofSeconds(10); // start times of processes are known only roughly

  List<Path> all() throws IOException {
    List<Path> all = new ArrayList<>(deadDrafts());
    all.addAll(checkpointsOfDone());
    return all;
  }

  /** Artifacts that were never finished, and those that were to be deleted. */
  List<Path> deadDrafts() throws IOException {
    List<Path> dead = new ArrayList<>();
    for (Path draft : in(root.resolve(ArtifactStore.DRAFTS))) {
      if (isDead(draft)) {
        dead.add(draft);
      }
    }
    return dead;
  }

  /** Whoever made the artifact died before the checkpoints were cleared away. */
  List<Path> checkpointsOfDone() throws IOException {
    return in(root.resolve(ArtifactStore.CHECKPOINTS)).stream()
        .filter(folder -> Files.exists(artifactOf(folder).resolve(Manifest.FILE)))
        .toList();
  }

  private Path artifactOf(Path checkpoints) {
    String key = checkpoints.getFileName().toString();
    return root.resolve(key.substring(0, Math.min(2, key.length()))).resolve(key);
  }

  /** What is in {@code folder}, sorted; nothing where there is none. */
  static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** Dead when its process, of this host, is gone, or when a later process now has the number. */
  private static boolean isDead(Path draft) throws IOException {
    Matcher name = DRAFT.matcher(draft.getFileName().toString());
    if (!name.matches() || !Owner.host().equals(name.group("host"))) {
      return false; // not ours to judge
    }
    Optional<ProcessHandle> owner =
        ProcessHandle.of(Long.parseLong(name.group("pid"))).filter(ProcessHandle::isAlive);
    if (owner.isEmpty()) {
      return true;
    }
    try {
      Instant touched = Files.getLastModifiedTime(draft).toInstant();
      Optional<Instant> started = owner.get().info().startInstant();
      return started.isPresent() && touched.isBefore(started.get().minus(CLOCK_SLACK));
    } catch (NoSuchFileException e) {
      return false; // moved into place meanwhile
    }
  }
}
