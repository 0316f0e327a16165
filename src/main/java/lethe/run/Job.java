package lethe.run;

import java.nio.file.Path;
import lethe.ledger.ArtifactStore;
import lethe.plan.Environment;
import lethe.plan.Plan;

/**
 * What to run.
 *
 * @param plan cells and stages
 * @param environment the numeric environment that the plan's keys were made with
 * @param experiment name of the experiment, which owns the journal
 * @param folder folder of the experiment; whoever starts the run owns it ({@link
 *     lethe.ledger.Owner})
 * @param store where artifacts are kept
 */
public record Job(
    Plan plan, Environment environment, String experiment, Path folder, ArtifactStore store) {}
