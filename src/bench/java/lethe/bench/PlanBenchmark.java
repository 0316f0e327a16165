package lethe.bench;

import java.lang.ref.Reference;
import java.nio.file.Path;
import lethe.plan.Grid;
import lethe.plan.Plan;

/** A plan of a million stages, of the real catalogues. */
final class PlanBenchmark implements Benchmark {
  private static final int STAGES = 1_000_000;

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public String about() {
    return "Plans a grid of every method that comes to a million stages.";
  }

  @Override
  public Effort effort() {
    return Effort.LONG;
  }

  @Override
  public void run(Path folder, Figures figures) throws Exception {
    Grid grid = BigGrid.of(folder, STAGES);
    double before = Figures.heldMegabytes();
    Plan[] plan = new Plan[1];
    double planning = Figures.seconds(() -> plan[0] = BigGrid.plan(grid));
    double held = Figures.heldMegabytes();
    figures.add("stages", "", plan[0].stages().size());
    figures.add("cells", "", plan[0].cells().size());
    figures.add("to plan", "s", planning, Goal.below(10));
    figures.add("digest of the plan", "s", Figures.seconds(() -> plan[0].digest()));
    figures.add("heap after it", "MB", held, Goal.below(1000));
    figures.add("heap of a stage", "bytes", (held - before) * 1e6 / plan[0].stages().size());
    Reference.reachabilityFence(plan);
  }
}
