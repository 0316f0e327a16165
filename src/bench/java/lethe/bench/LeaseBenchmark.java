package lethe.bench;

import java.nio.file.Path;
import lethe.ledger.ArtifactStore;
import lethe.plan.Plan;
import lethe.run.LeaseTurns;

/** How long the device is idle when it changes hands. */
final class LeaseBenchmark implements Benchmark {
  private static final int TURNS = 50_000;
  private static final int STAGES = 3_000;

  @Override
  public String name() {
    return "lease";
  }

  @Override
  public String about() {
    return "Hands the lease of a device from one holder to the next.";
  }

  @Override
  public void run(Path folder, Figures figures) throws Exception {
    figures.add("hand-over", "µs", LeaseTurns.alone(TURNS));
    figures.add("hand-over with the file lock", "µs", LeaseTurns.shared(TURNS, folder));
    Plan plan = Turns.plan(BigGrid.plan(BigGrid.of(folder, STAGES)), STAGES);
    Turns turns = new Turns();
    Drive.of(plan, folder, ArtifactStore.open(folder.resolve("store")), turns);
    figures.add("between two stages, journal and all", "µs", turns.microseconds());
  }
}
