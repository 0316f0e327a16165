package lethe.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import lethe.data.SafeTensors;
import lethe.ledger.ArtifactStore;
import lethe.ledger.Draft;
import lethe.plan.Plan;
import lethe.plan.Stage;

/** An artifact as large as the weights of ResNet-18, into the store and looked at again. */
final class StoreBenchmark implements Benchmark {
  @Override
  public String name() {
    return "store";
  }

  @Override
  public String about() {
    return "Keeps an artifact of 45 MB and compares its checksums.";
  }

  @Override
  public void run(Path folder, Figures figures) throws Exception {
    Plan plan = BigGrid.plan(BigGrid.of(folder, 1));
    Stage stage = plan.stages().values().iterator().next();
    ArtifactStore store = ArtifactStore.open(folder.resolve("store"));
    var weights = Noise.weights("weight");
    try (Draft draft = store.draft(stage.key(), stage)) {
      double writing =
          Figures.seconds(
              () -> draft.write(d -> SafeTensors.write(d.file("weights.safetensors"), weights)));
      double megabytes = Files.size(draft.file("weights.safetensors")) / 1e6;
      double keeping =
          Figures.seconds(() -> draft.keep(new TreeMap<>(), List.of(), new TreeMap<>()));
      double checking = Figures.seconds(() -> check(store, stage));
      figures.add("size", "MB", megabytes);
      figures.add("to write", "MB/s", megabytes / writing);
      figures.add("to keep: hash, force to the disk, move", "MB/s", megabytes / keeping);
      figures.add("to check", "MB/s", megabytes / checking);
    }
  }

  private static void check(ArtifactStore store, Stage stage) {
    if (store.whole(stage.key()).isEmpty()) {
      throw new IllegalStateException("What was kept is not there");
    }
  }
}
