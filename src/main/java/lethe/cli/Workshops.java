package lethe.cli;

import java.util.SortedMap;
import lethe.ledger.ArtifactStore;
import lethe.net.EngineSettings;
import lethe.plan.Environment;
import lethe.plan.Machine;
import lethe.plan.Plan;
import lethe.run.Materials;
import lethe.run.Rooms;
import lethe.run.Workshop;

/** Opens the workshop of a real run; its engine opens when the first stage needs it. */
final class Workshops {
  private Workshops() {}

  /**
   * @param provenance what each artifact says of its making
   */
  static Workshop open(
      Machine machine,
      Plan plan,
      Environment environment,
      ArtifactStore store,
      SortedMap<String, String> provenance,
      int poolThreads) {
    Materials materials =
        new Materials(
            store,
            machine.dataDir(),
            new EngineSettings(Surroundings.device(machine), environment.engineThreads()),
            poolThreads);
    return new Rooms(plan, store, materials, provenance, machine.checkpointEvery());
  }
}
