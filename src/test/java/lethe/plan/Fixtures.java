package lethe.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** A repertoire like Lethe's own, and grids of it. */
final class Fixtures {
  /** Every setting of reference.conf that the tests need, with ranges of their own. */
  static final Repertoire REPERTOIRE =
      Repertoire.of(
          List.of(
              card(
                  "glyphs",
                  "dataset",
                  Knob.integer("train-per-class", 1, 100_000),
                  Knob.integer("test-per-class", 1, 100_000)),
              card(
                  "cifar-10",
                  "dataset",
                  Knob.integer("train-per-class", 0, 5_000),
                  Knob.integer("test-per-class", 0, 1_000))),
          List.of(
              card(
                  "convnet",
                  "network",
                  Knob.integer("width", 1, 1024),
                  Knob.integer("depth", 1, 4)),
              card("resnet-18", "network")),
          List.of(
              card(
                  "blend",
                  "condense",
                  Knob.integer("clusters-per-class", 1, 100_000),
                  Knob.integer("iterations", 0, 100_000),
                  Knob.number("learning-rate", 0, Double.MAX_VALUE),
                  Knob.number("momentum", 0, Math.nextDown(1.0)),
                  Knob.number("minimum-weight-sum", 1e-6, 1))),
          List.of(
              new Card("retraining", "Retraining", "unlearn.retraining", 1, sgd(), Set.of()),
              new Card("cf", "CF", "unlearn.cf", 1, sgd(), Set.of(StageKind.ORIGINAL)),
              new Card(
                  "a-cf",
                  "A-CF",
                  "unlearn.a-cf",
                  1,
                  List.of(
                      Knob.integer("epochs", 0, 10_000),
                      Knob.integer("batch", 1, 65_536),
                      Knob.number("learning-rate", Double.MIN_VALUE, 1_000),
                      Knob.number("mmd-weight", 0, 1e9),
                      Knob.number("temperature", 1e-6, 1e6),
                      Knob.integer("companions", 1, 64).notAbove("batch")),
                  Set.of(StageKind.ORIGINAL))),
          new Card("train", "Training", "train", 1, sgd(), Set.of()),
          new Card(
              "partition",
              "Partition",
              "partition",
              1,
              List.of(
                  Knob.integer("embedder-width", 1, 1024),
                  Knob.integer("embedder-depth", 1, 4),
                  Knob.integer("max-iterations", 1, 100_000),
                  Knob.number("tolerance", 0, 1e9)),
              Set.of()),
          new Card(
              "split",
              "Split",
              "split",
              1,
              List.of(Knob.number("unseen-fraction", 0.001, 0.999)),
              Set.of()),
          new Card(
              "evaluate",
              "Scores",
              "evaluate",
              1,
              List.of(Knob.integer("folds", 2, 100), Knob.number("swap-threshold", 0, 100)),
              Set.of()));

  /** An experiment with nothing wrong: every test changes a little of it. */
  static final String QUICK =
      """
      name = quick
      datasets  = [ { id = glyphs, train-per-class = 100 } ]
      networks  = [ { id = convnet, width = 32 } ]
      scenarios = [ random-class, uniform-10 ]
      methods   = [ retraining, cf, a-cf ]
      seeds     = [ 1, 2 ]
      condense.blend.clusters-per-class = 20
      """;

  private Fixtures() {}

  static Grid grid(Path folder, String text, String... words) {
    return GridReader.read(file(folder, "x.conf", text), List.of(words), REPERTOIRE);
  }

  /** Plans {@code text} on an imagined machine. */
  static Plan plan(Path folder, String text, String... words) {
    return Plan.of(grid(folder, text, words), environment(1, 0), REPERTOIRE);
  }

  static Environment environment(int engineThreads, int microBatch) {
    TreeMap<String, String> digests = new TreeMap<>();
    digests.put("glyphs", "11");
    digests.put("cifar-10", "22");
    return new Environment(
        "pytorch-0", "cpu-test", "fp32", engineThreads, microBatch, 0, new TreeMap<>(), digests);
  }

  static Path file(Path folder, String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Card card(String id, String family, Knob... knobs) {
    return new Card(id, id, family + "." + id, 1, List.of(knobs), Set.of());
  }

  private static List<Knob> sgd() {
    return List.of(
        Knob.integer("epochs", 0, 10_000),
        Knob.integer("batch", 1, 65_536),
        Knob.number("learning-rate", Double.MIN_VALUE, 1_000),
        Knob.number("momentum", 0, Math.nextDown(1.0)),
        Knob.number("weight-decay", 0, 1),
        Knob.integer("warmup-epochs", 0, 10_000));
  }
}
