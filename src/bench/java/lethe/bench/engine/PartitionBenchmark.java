package lethe.bench.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import lethe.bench.Benchmark;
import lethe.bench.Effort;
import lethe.bench.Figures;
import lethe.bench.Goal;
import lethe.data.Dataset;
import lethe.kernel.array.Draws;
import lethe.kernel.array.KMeans;
import lethe.kernel.array.LloydTurns;
import lethe.net.Embedder;
import lethe.net.EngineProducts;
import lethe.net.EngineSession;
import lethe.net.ImageTable;
import lethe.net.Inference;
import lethe.net.Signals;

/**
 * The partition at the paper's scale, two of its ten classes: 5,000 images each, 2,048 features,
 * 1,000 clusters. Beside scikit-learn's Lloyd from the same centres, and the authors' algorithm.
 */
public final class PartitionBenchmark implements Benchmark {
  private static final int TURNS = 3;
  private static final int CLASSES = 2;
  private static final int IMAGES = 5_000; // of a class
  private static final int CLUSTERS = 1_000; // of a class
  private static final int WIDTH = 2_048; // of a ConvNet of width 128

  @Override
  public String name() {
    return "partition";
  }

  @Override
  public String about() {
    return "Makes 1,000 clusters each of two classes of 5,000 images.";
  }

  @Override
  public Effort effort() {
    return new Effort(0, 1, "3g");
  }

  @Override
  public void run(Path folder, Figures figures) throws Exception {
    float[][] features = features(figures);
    LloydTurns kMeans = new LloydTurns(CLUSTERS, new EngineProducts());
    ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      int[][] centres = each(pool, y -> kMeans.centres(features[y], WIDTH, y), int[][]::new);
      Floats.write(folder.resolve("features.f32"), features);
      Floats.write(folder.resolve("centres.f32"), rows(features, centres));
      Optional<Peer> sklearn = Peer.start("partition", "scikit-learn", folder, CLUSTERS, IMAGES);
      Optional<Peer> authors = Peer.start("partition", "authors", folder, CLUSTERS, IMAGES);
      try {
        for (int turn = 0; turn < TURNS; turn++) {
          long begin = System.nanoTime();
          each(pool, y -> kMeans.centres(features[y], WIDTH, y), int[][]::new);
          double seeding = (System.nanoTime() - begin) / 1e9;
          begin = System.nanoTime();
          KMeans.Result[] results =
              each(pool, y -> kMeans.run(features[y], WIDTH, centres[y]), KMeans.Result[]::new);
          double lloyd = (System.nanoTime() - begin) / 1e9;
          figures.add("k-means++", "s", seeding);
          figures.add("Lloyd", "s", lloyd);
          figures.add(
              "passes of Lloyd", "", Arrays.stream(results).mapToInt(r -> r.iterations()).sum());
          if (sklearn.isPresent()) {
            double theirs = sklearn.get().seconds();
            figures.add("Lloyd, scikit-learn", "s", theirs);
            figures.add("Lloyd, scikit-learn / Lethe", "", theirs / lloyd, Goal.above(1));
            figures.add(
                "images in another cluster than scikit-learn's",
                "",
                differing(results, Floats.readInts(folder.resolve("assignment.i32"))),
                Goal.below(0));
          }
          if (authors.isPresent() && turn == 0) {
            JsonNode theirs = authors.get().ask();
            double seconds = theirs.get("seconds").asDouble();
            figures.add("the authors' algorithm", "s", seconds);
            figures.add("the authors' passes", "", theirs.get("passes").asDouble());
            figures.add("the authors' / Lethe", "", seconds / (seeding + lloyd), Goal.above(10));
          }
        }
      } finally {
        sklearn.ifPresent(Peer::close);
        authors.ifPresent(Peer::close);
      }
    } finally {
      pool.shutdown();
    }
  }

  /** Of real images where there are some: [classes][images of a class * width]. */
  private static float[][] features(Figures figures) throws Exception {
    Dataset dataset = Bed.images(IMAGES, 1);
    try (EngineSession session = Bed.engine();
        ImageTable table = ImageTable.of(session, dataset)) {
      Embedder psi = Embedder.random(128, 3, new Draws(1));
      Inference inference = new Inference(session, psi.network(), table, Signals.NONE);
      float[][] features = new float[CLASSES][];
      for (int y = 0; y < CLASSES; y++) {
        int label = y;
        int[] images =
            IntStream.range(0, table.trainSize()).filter(i -> table.label(i) == label).toArray();
        long begin = System.nanoTime();
        features[y] = inference.features(psi.weights(), images);
        figures.add(
            "features", "images a second", images.length * 1e9 / (System.nanoTime() - begin));
      }
      return features;
    }
  }

  private static <T> T[] each(ExecutorService pool, IntFunction<T> work, IntFunction<T[]> array) {
    List<CompletableFuture<T>> all = new ArrayList<>();
    for (int y = 0; y < CLASSES; y++) {
      int label = y;
      all.add(CompletableFuture.supplyAsync(() -> work.apply(label), pool));
    }
    return all.stream().map(CompletableFuture::join).toArray(array);
  }

  private static float[][] rows(float[][] features, int[][] centres) {
    float[][] rows = new float[CLASSES][CLUSTERS * WIDTH];
    for (int y = 0; y < CLASSES; y++) {
      for (int c = 0; c < CLUSTERS; c++) {
        System.arraycopy(features[y], centres[y][c] * WIDTH, rows[y], c * WIDTH, WIDTH);
      }
    }
    return rows;
  }

  private static double differing(KMeans.Result[] ours, int[] theirs) {
    int[] all = Arrays.stream(ours).flatMapToInt(r -> Arrays.stream(r.assignment())).toArray();
    return IntStream.range(0, all.length).filter(i -> all[i] != theirs[i]).count();
  }
}
