package lethe.bench.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import lethe.data.Dataset;
import lethe.data.Subset;
import lethe.data.source.DataSource;
import lethe.data.source.Sources;
import lethe.net.EngineSession;
import lethe.net.EngineSettings;
import lethe.net.ImageTable;
import lethe.net.Network;
import lethe.net.Networks;
import lethe.net.Objective;
import lethe.net.Pass;
import lethe.net.Role;
import lethe.net.Sgd;
import lethe.net.StepSeeds;
import lethe.net.Training;
import lethe.plan.Settings;
import lethe.plan.Spec;

/** What the benchmarks of this room stand on: an engine, images, networks. */
final class Bed {
  static final int BATCH = 64; // the paper's
  static final StepSeeds SEEDS = StepSeeds.semantic("bench", 1, "bench");
  private static final int CLASSES = 10;

  private Bed() {}

  static EngineSession engine() {
    return EngineSession.open(new EngineSettings(System.getProperty("bench.device", "cpu"), 0));
  }

  /** CIFAR-10 where {@code LETHE_DATA} has it; glyphs elsewhere. */
  static Dataset images(int trainPerClass, int testPerClass) throws IOException {
    String data = System.getenv().getOrDefault("LETHE_DATA", "data");
    DataSource real = Sources.open(spec("cifar-10"), Path.of(data));
    if (real.missing().isEmpty()) {
      return Subset.drawAtMost(real.load(), trainPerClass, testPerClass, 1).dataset();
    }
    Map<String, String> sizes =
        Map.of("train-per-class", "" + trainPerClass, "test-per-class", "" + testPerClass);
    return Sources.open(new Spec("glyphs", Settings.of(sizes), new TreeMap<>()), Path.of(data))
        .load();
  }

  static Network network(String name, String precision) {
    Map<String, String> settings = new TreeMap<>(Map.of("precision", precision));
    if (name.equals("convnet")) {
      settings.putAll(Map.of("width", "128", "depth", "3"));
    }
    return Networks.of(new Spec(name, Settings.of(settings), new TreeMap<>()), CLASSES);
  }

  private static Spec spec(String id) {
    return new Spec(id, Settings.NONE, new TreeMap<>());
  }

  /** One epoch of plain training with so many steps. */
  static Training training(ImageTable table, int steps) {
    int[] pool = IntStream.range(0, steps * BATCH).map(i -> i % table.trainSize()).toArray();
    Pass pass = Pass.over(Role.RETAIN, pool, Objective.crossEntropy(Role.RETAIN));
    return new Training(1, BATCH, e -> List.of(pass), new Sgd(0.9, 5e-4), e -> 0.01, SEEDS);
  }
}
