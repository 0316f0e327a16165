package lethe.bench;

import java.lang.ref.Reference;
import java.nio.file.Path;
import lethe.ledger.ArtifactStore;
import lethe.plan.Plan;

/** A million stages that do nothing, from the grid to the journal. */
final class MillionBenchmark implements Benchmark {
  private static final int STAGES = 1_000_000;

  @Override
  public String name() {
    return "million";
  }

  @Override
  public String about() {
    return "Plans a million stages that do nothing, runs them and journals them.";
  }

  @Override
  public Effort effort() {
    return new Effort(0, 1, "3g"); // the heap that the launcher gives a run
  }

  @Override
  public void run(Path folder, Figures figures) throws Exception {
    Plan[] plan = new Plan[1];
    double planning =
        Figures.seconds(() -> plan[0] = BigGrid.light(BigGrid.plan(BigGrid.of(folder, STAGES))));
    ArtifactStore store = ArtifactStore.open(folder.resolve("store"));
    Drive drive = Drive.of(plan[0], folder, store, new IdleWorkshop());
    figures.add("to plan", "s", planning);
    figures.add("to begin", "s", drive.begun());
    figures.add("to run and journal", "s", drive.working());
    figures.add("stages", "1/s", plan[0].stages().size() / drive.working());
    figures.add("in all", "s", planning + drive.begun() + drive.working(), Goal.below(15));
    figures.add("heap after it", "MB", Figures.heldMegabytes(), Goal.below(1000));
    Reference.reachabilityFence(plan);
  }
}
