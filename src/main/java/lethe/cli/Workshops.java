package lethe.cli;

import java.util.SortedMap;
import lethe.ledger.ArtifactStore;
import lethe.plan.Environment;
import lethe.plan.Plan;
import lethe.run.Workshop;

/** Opens the workshop of a real run. */
final class Workshops {
  private Workshops() {}

  static Workshop open(
      Experiment experiment,
      Plan plan,
      Environment environment,
      ArtifactStore store,
      SortedMap<String, String> provenance,
      int poolThreads) {
    throw Refusal.environment(
        "There is no workshop yet for %s (%d stages, %s, %s, %d, %d)."
            .formatted(
                experiment.grid().name(),
                plan.stages().size(),
                environment.engine(),
                store.root(),
                provenance.size(),
                poolThreads));
  }
}
