package lethe.run;

import java.nio.file.Path;
import java.util.Set;
import lethe.ledger.ArtifactStore;
import lethe.plan.Environment;
import lethe.plan.Plan;
import lethe.plan.StageKey;

/**
 * What to run.
 *
 * @param plan cells and stages
 * @param environment the numeric environment that the plan's keys were made with
 * @param experiment name of the experiment, which owns the journal
 * @param folder folder of the experiment; whoever starts the run owns it ({@link
 *     lethe.ledger.Owner})
 * @param store where artifacts are kept
 * @param leftOut stages that are not tried, nor what needs them
 */
public record Job(
    Plan plan,
    Environment environment,
    String experiment,
    Path folder,
    ArtifactStore store,
    Set<StageKey> leftOut) {
  public Job {
    leftOut = Set.copyOf(leftOut);
  }

  /** Everything is tried. */
  public Job(
      Plan plan, Environment environment, String experiment, Path folder, ArtifactStore store) {
    this(plan, environment, experiment, folder, store, Set.of());
  }
}
