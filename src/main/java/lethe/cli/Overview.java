package lethe.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import lethe.ledger.ArtifactStore;
import lethe.ledger.JournalFile;
import lethe.ledger.Progress;
import lethe.plan.Cell;
import lethe.plan.Environment;
import lethe.plan.Plan;
import lethe.plan.StageKey;

/**
 * How an experiment stands, looked at and left as it is: works during a run, after a kill and on a
 * read-only disk, and starts neither engine nor actors.
 *
 * @param damage why the journal could not be read, where it could not
 * @param changed a sentence for each dataset whose files have changed since a run looked at them
 */
record Overview(
    Experiment experiment,
    Environment environment,
    Plan plan,
    Progress progress,
    ArtifactStore store,
    Optional<String> damage,
    List<String> changed) {

  static Overview of(Experiment experiment) throws IOException {
    return of(experiment, Holdings.of(experiment));
  }

  static Overview of(Experiment experiment, Holdings holdings) throws IOException {
    JournalFile.Reading reading = JournalFile.read(experiment.folder(), experiment.grid().name());
    if (reading instanceof JournalFile.Unreadable unreadable) {
      throw Refusal.environment(unreadable.sentence());
    }
    if (reading instanceof JournalFile.Foreign foreign) {
      throw Refusal.usage(foreign.sentence());
    }
    Progress progress =
        reading instanceof JournalFile.Events events ? events.progress() : Progress.NONE;
    Optional<String> damage =
        reading instanceof JournalFile.Damaged damaged
            ? Optional.of(damaged.sentence())
            : Optional.empty();
    Environment environment = Surroundings.asPlanned(experiment, holdings, progress);
    return new Overview(
        experiment,
        environment,
        Plan.of(experiment.grid(), environment, experiment.repertoire()),
        progress,
        ArtifactStore.view(experiment.machine().storeDir()),
        damage,
        holdings.changed(environment.dataDigests()));
  }

  /** How one stage stands. */
  enum Standing {
    /** The journal has it, and its artifact is there. */
    FINISHED,
    /** Its artifact is there, made by another experiment or before a crash: it will be taken. */
    STORED,
    FAILED,
    LEFT
  }

  Standing standing(StageKey key) {
    if (store.exists(key)) {
      return progress.isFinished(key) ? Standing.FINISHED : Standing.STORED;
    }
    return progress.failedStage(key).isPresent() ? Standing.FAILED : Standing.LEFT;
  }

  boolean isFinished(Cell cell) {
    return standing(plan.scoresOf(cell)) == Standing.FINISHED;
  }

  List<StageKey> stages(Standing standing) {
    return plan.stages().keySet().stream().filter(k -> standing(k) == standing).toList();
  }
}
