package lethe.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import lethe.data.DataException;
import lethe.data.source.DataSource;
import lethe.ledger.ArtifactStore;
import lethe.net.DiskFootprint;
import lethe.plan.Plan;
import lethe.plan.Spec;
import lethe.plan.StageKey;

/**
 * The room a plan needs for what is left to do, and the room there is.
 *
 * @param toCome bytes of artifacts and checkpoints to come, at most
 * @param free bytes
 * @param folder the store
 */
record DiskSpace(long toCome, long free, Path folder) {
  private static final double MEGA = 1e6;
  private static final double GIGA = 1e9;

  /**
   * Counts what the store has not yet.
   *
   * @throws DataException when the images of a dataset are not there
   */
  static DiskSpace of(Plan plan, List<Spec> datasets, Holdings holdings, ArtifactStore store)
      throws IOException {
    Map<String, DataSource.Counts> images = new TreeMap<>();
    for (Spec dataset : datasets) {
      images.put(dataset.id(), holdings.source(dataset).counts().drawn(dataset.settings()));
    }
    List<StageKey> left =
        plan.stages().keySet().stream().filter(key -> !store.exists(key)).toList();
    return new DiskSpace(
        new DiskFootprint(plan, images).of(left), usable(store.root()), store.root());
  }

  private static long usable(Path folder) throws IOException {
    Path existing = folder;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return Files.getFileStore(existing).getUsableSpace();
  }

  /** The line of {@code lethe plan}. */
  static String line(Overview overview) {
    Experiment experiment = overview.experiment();
    try {
      Holdings holdings = Holdings.of(experiment);
      return of(overview.plan(), experiment.grid().datasets(), holdings, overview.store()).line();
    } catch (DataException e) {
      return "Disk: what is to come cannot be told before all datasets are there.";
    } catch (IOException e) {
      return "Disk: what is to come cannot be told (%s).".formatted(Mishap.reason(e));
    }
  }

  String line() {
    return "Disk: %s to come, %s free in %s."
        .formatted(toCome == 0 ? "nothing" : "about " + size(toCome), size(free), folder);
  }

  /**
   * Lets a run begin that has room.
   *
   * @throws Refusal where it has not
   */
  void require() {
    if (toCome > free) {
      throw Refusal.environment(
          "What is left to do needs about %s, and %s are free in the store %s: make room, see what lethe gc finds, name another disk with store, or begin all the same with preflight = off."
              .formatted(size(toCome), size(free), folder));
    }
  }

  /** Whole megabytes below a gigabyte, rounded up; then as many digits as one reads. */
  static String size(long bytes) {
    if (bytes < GIGA) {
      return String.format(Locale.ROOT, "%.0f MB", Math.ceil(bytes / MEGA));
    }
    return String.format(Locale.ROOT, bytes < 10 * GIGA ? "%.1f GB" : "%.0f GB", bytes / GIGA);
  }
}
