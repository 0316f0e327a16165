package lethe.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lethe.ledger.ArtifactStore;
import lethe.plan.Plan;
import lethe.run.Job;
import lethe.run.Run;
import lethe.run.RunListener;
import lethe.run.RunOutcome;
import lethe.run.RunSettings;
import lethe.run.Workshop;

/**
 * A run from its start to its end.
 *
 * @param begun seconds until it began with its first stage: journal replayed, artifacts looked at
 * @param working seconds from then until its last stage stood in the journal
 */
record Drive(double begun, double working) {
  static final String EXPERIMENT = "bench";

  private static final int ENOUGH = 256; // threads: as many stages wait for one write

  private static final double NANOS = 1e9;

  static Drive of(Plan plan, Path folder, ArtifactStore store, Workshop workshop) {
    Job job = new Job(plan, BigGrid.ENVIRONMENT, EXPERIMENT, folder, store);
    List<Long> begun = new ArrayList<>(); // filled once
    RunListener listener =
        new RunListener() {
          @Override
          public void planned(int stages, int finished) {
            begun.add(System.nanoTime());
          }
        };
    RunSettings settings = new RunSettings(ENOUGH, false, "bench");
    long start = System.nanoTime();
    RunOutcome outcome = new Run(job, workshop, settings, listener).start();
    long end = System.nanoTime();
    if (outcome.finished() != plan.stages().size()) {
      throw new IllegalStateException("The run did not finish: " + outcome);
    }
    return new Drive((begun.get(0) - start) / NANOS, (end - begun.get(0)) / NANOS);
  }
}
