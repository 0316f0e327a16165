package lethe.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lethe.data.DataException;
import lethe.ledger.JournalFile;
import lethe.ledger.Owner;
import lethe.ledger.Progress;
import lethe.plan.Environment;
import lethe.plan.GridException;
import lethe.plan.Plan;
import lethe.plan.StageKey;

/**
 * An experiment's folder as the store sees it: what it refers to.
 *
 * @param keys of the stages
 * @param doubt why its plan cannot be read, where it cannot; then the keys are those that its
 *     journal names
 */
record Referrer(Path folder, Set<StageKey> keys, Optional<String> doubt) {
  Referrer {
    keys = Set.copyOf(keys);
  }

  /** Whether a folder is an experiment's, or is becoming one. */
  static boolean isExperiment(Path folder) {
    return Stream.of(Sheets.EXPERIMENT, JournalFile.FILE, Owner.LOCK)
        .anyMatch(name -> Files.exists(folder.resolve(name)));
  }

  /**
   * Reads a folder and writes nothing.
   *
   * @param settings words of the command line, of the machine alone
   * @throws Refusal when it cannot be told what the experiment refers to
   */
  static Referrer of(Path folder, List<String> settings, Path results) {
    JournalFile.Reading reading = JournalFile.read(folder);
    if (reading instanceof JournalFile.Damaged damaged) {
      throw untold(damaged.sentence());
    }
    if (reading instanceof JournalFile.Unreadable unreadable) {
      throw untold(unreadable.sentence());
    }
    Optional<Progress> progress =
        reading instanceof JournalFile.Events events
            ? Optional.of(events.progress())
            : Optional.empty();
    Path file = folder.resolve(Sheets.EXPERIMENT);
    if (!Files.exists(file)) {
      return progress.isEmpty()
          ? new Referrer(folder, Set.of(), Optional.empty()) // one that never began
          : journalled(folder, progress.get(), "it has no " + Sheets.EXPERIMENT);
    }
    try {
      return planned(folder, Experiment.read(file, settings, Optional.of(results)), progress);
    } catch (GridException e) {
      return journalled(folder, progress, e.problems().get(0));
    } catch (Refusal e) {
      return journalled(folder, progress, e.sentences().get(0));
    } catch (DataException | IOException | IllegalArgumentException e) {
      return journalled(folder, progress, String.valueOf(e.getMessage()));
    }
  }

  private static Refusal untold(String sentence) {
    return Refusal.environment(
        sentence + " What it refers to cannot be told, so nothing of the store may go.");
  }

  /** By its plan: under every environment that it was ever planned for. */
  private static Referrer planned(Path folder, Experiment experiment, Optional<Progress> journal)
      throws IOException {
    Progress progress = journal.orElse(Progress.NONE);
    Optional<String> owner = progress.planned().map(p -> p.experiment());
    String name = experiment.grid().name();
    if (owner.filter(o -> !o.equals(name)).isPresent()) {
      return journalled(
          folder,
          progress,
          "its %s is that of \"%s\", its journal that of \"%s\""
              .formatted(Sheets.EXPERIMENT, name, owner.get()));
    }
    List<Environment> environments = Surroundings.everKnown(experiment, progress);
    Set<StageKey> keys = new HashSet<>();
    if (environments.isEmpty()) { // never planned, or with a dataset that is new
      Environment now = Surroundings.asPlanned(experiment, Holdings.of(experiment), progress);
      if (now.dataDigests().containsValue(Holdings.ABSENT)) {
        return journalled(folder, journal, "a dataset of its grid is not there");
      }
      environments = List.of(now);
      keys.addAll(named(progress));
    }
    for (Environment environment : environments) {
      Plan plan = Plan.of(experiment.grid(), environment, experiment.repertoire());
      keys.addAll(plan.stages().keySet());
    }
    return new Referrer(folder, keys, Optional.empty());
  }

  private static Referrer journalled(Path folder, Optional<Progress> progress, String reason) {
    if (progress.isEmpty()) {
      throw Refusal.environment(
          "What %s refers to cannot be told: it has no journal, and its plan cannot be read (%s). Mend that, or move the folder away."
              .formatted(folder, reason));
    }
    return journalled(folder, progress.get(), reason);
  }

  private static Referrer journalled(Path folder, Progress progress, String reason) {
    return new Referrer(folder, named(progress), Optional.of(reason));
  }

  /** Everything the journal has a word about. */
  private static Set<StageKey> named(Progress progress) {
    List<String> keys = new ArrayList<>(progress.finished().keySet());
    keys.addAll(progress.failed().keySet());
    keys.addAll(progress.lost().keySet());
    Set<StageKey> named = new HashSet<>();
    keys.forEach(key -> named.add(new StageKey(key)));
    return named;
  }
}
