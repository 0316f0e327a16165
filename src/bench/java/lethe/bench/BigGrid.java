package lethe.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import lethe.condense.Condensers;
import lethe.data.Splitter;
import lethe.data.source.Sources;
import lethe.evaluate.Scoring;
import lethe.net.Footprint;
import lethe.net.Networks;
import lethe.net.Training;
import lethe.partition.Partitioning;
import lethe.plan.Card;
import lethe.plan.Environment;
import lethe.plan.Grid;
import lethe.plan.GridReader;
import lethe.plan.Plan;
import lethe.plan.Repertoire;
import lethe.plan.Stage;
import lethe.plan.StageKey;
import lethe.plan.StageKind;
import lethe.unlearn.Methods;

/** A grid of every method, on as many seeds as it takes. */
final class BigGrid {
  static final Environment ENVIRONMENT =
      new Environment(
          "pytorch-2.7.1+djl-0.35.1",
          "cpu-amd64-avx512",
          "fp32",
          2,
          0,
          7L << 30, // the default of lease.memory
          new TreeMap<>(),
          new TreeMap<>(Map.of("glyphs", "0".repeat(64))));

  static final Repertoire REPERTOIRE =
      Repertoire.of(
              Sources.CARDS,
              Networks.CARDS,
              Condensers.CARDS,
              Methods.CARDS,
              Training.CARD,
              Partitioning.CARD,
              Splitter.CARD,
              Scoring.CARD)
          .with(new Footprint());

  private static final String TEXT =
      """
      name = bench
      datasets  = [ { id = glyphs, train-per-class = 200, test-per-class = 200 } ]
      networks  = [ { id = convnet, width = 32 }, resnet-18, resnet-50 ]
      scenarios = [ random-class, uniform-5, uniform-10, uniform-20 ]
      recipes   = [ whole, free, condensed-whole, condensed-free, reduced ]
      methods   = [ %s ]
      seeds     = [ %s ]
      condense.blend.clusters-per-class = 40
      """;

  private BigGrid() {}

  /** A grid whose plan has at least {@code stages} stages, and not many more. */
  static Grid of(Path folder, int stages) throws IOException {
    int one = plan(read(folder, 1)).stages().size();
    return read(folder, (stages + one - 1) / one);
  }

  static Plan plan(Grid grid) {
    return Plan.of(grid, ENVIRONMENT, REPERTOIRE);
  }

  private static Grid read(Path folder, int seeds) throws IOException {
    Path file = folder.resolve("bench.conf");
    String methods = Methods.CARDS.stream().map(Card::id).collect(Collectors.joining(", "));
    String numbers =
        LongStream.rangeClosed(1, seeds).mapToObj(String::valueOf).collect(Collectors.joining(","));
    Files.writeString(file, TEXT.formatted(methods, numbers));
    return GridReader.read(file, List.of(), REPERTOIRE);
  }

  /**
   * The same stages, keys and inputs, but all of a kind that any number of may run at once: with no
   * engine stage among them, journal and actors alone say how fast it goes.
   */
  static Plan light(Plan plan) {
    Map<StageKey, Stage> light = new LinkedHashMap<>();
    plan.stages()
        .forEach(
            (key, stage) ->
                light.put(
                    key,
                    new Stage(
                        StageKind.SCORES,
                        stage.subject(),
                        stage.settings(),
                        stage.inputs(),
                        stage.ingredients(),
                        key)));
    return new Plan(List.of(), light, Map.of(), Map.of());
  }
}
