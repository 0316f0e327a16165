package lethe.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lethe.data.Checkpoint;
import lethe.data.HostTensor;
import lethe.ledger.ArtifactStore;
import lethe.ledger.CheckpointFolder;
import lethe.plan.Plan;

/** A checkpoint of ResNet-18, weights and momentum, put down and taken up again. */
final class CheckpointBenchmark implements Benchmark {
  @Override
  public String name() {
    return "checkpoint";
  }

  @Override
  public String about() {
    return "Writes a checkpoint of ResNet-18 with its momentum, and reads it.";
  }

  @Override
  public void run(Path folder, Figures figures) throws Exception {
    SortedMap<String, HostTensor> arrays = new TreeMap<>(Noise.weights("weight"));
    arrays.putAll(Noise.weights("momentum"));
    Checkpoint checkpoint = new Checkpoint(arrays, new TreeMap<>(Map.of("step", 1.0)));
    Plan plan = BigGrid.plan(BigGrid.of(folder, 1));
    CheckpointFolder checkpoints =
        ArtifactStore.open(folder.resolve("store"))
            .checkpoints(plan.stages().keySet().iterator().next());
    figures.add("to write", "ms", Figures.seconds(() -> checkpoints.add(checkpoint)) * 1e3);
    double reading =
        Figures.seconds(
            () -> {
              if (checkpoints.newest().isEmpty()) {
                throw new IllegalStateException("What was written is not there");
              }
            });
    figures.add("to read", "ms", reading * 1e3);
  }
}
