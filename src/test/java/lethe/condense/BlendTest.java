package lethe.condense;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import lethe.data.Clusters;
import lethe.data.Dataset;
import lethe.data.ImageSet;
import lethe.data.Prototypes;
import lethe.data.RetainParts;
import lethe.kernel.array.Draws;
import lethe.net.ConvNet;
import lethe.net.Cuts;
import lethe.net.Embedder;
import lethe.net.EngineSession;
import lethe.net.EngineSettings;
import lethe.net.FilledNetwork;
import lethe.net.ImageTable;
import lethe.net.Network;
import lethe.net.Signals;
import lethe.net.StoppedException;
import lethe.plan.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlendTest {
  private static final int[][] CLUSTERS = {{0, 1, 2}, {3}, {4, 5}, {6, 7, 8, 9, 10}, {11, 12}};
  private static final Network NETWORK = new ConvNet(4, 3, 10);

  private final EngineSession session = EngineSession.open(new EngineSettings("cpu", 1));

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void a_cut_between_two_steps_changes_no_bit() {
    // images (0, 1) and (2) of class 0, (3, 4, 5) of class 1; a chunk for each, and that of one
    // image has no step
    Clusters clusters = new Clusters(2, 2, new int[] {0, 0, 1, 2, 2, 2});
    int[] free = {0, 1, 2};
    try (ImageTable table = ImageTable.of(session, dataset())) {
      int steps =
          Cuts.anywhere(
              signals ->
                  Arrays.hashCode(
                      condense(new Blend(1, 1), table, clusters, free, signals).images()));
      assertEquals(6, steps, "three for each of two clusters");
    }
  }

  @Test
  void the_embedder_sees_nothing_twice_because_of_a_cut() {
    AtomicInteger passes = new AtomicInteger();
    try (NDManager home = session.scope()) {
      NDList parameters = FilledNetwork.parameters(home, NETWORK, 0, DataType.FLOAT32);
      Blend.Extractor counting =
          (images, kernels) -> {
            passes.incrementAndGet();
            return NETWORK.embed(parameters, images, kernels);
          };
      // a chunk each: one pass for its targets and one for each of 4 steps, but the single image
      int steps =
          Cuts.anywhere(
              signals ->
                  new Blend(1, 1)
                      .run(
                          session,
                          new int[][] {{0, 1, 2}, {3}, {4, 5}},
                          Optional.empty(),
                          options(4, 0.5),
                          (ids, k) -> FilledNetwork.images(k.scope(), ids, DataType.FLOAT32),
                          counting,
                          signals,
                          (chosen, prototypes, weights, losses) -> {}));
      int calm = 2 * (1 + 4);
      assertEquals(2 * 4, steps);
      assertEquals((1 + steps) * calm, passes.get(), "one calm run, and one for each cut");
    }
  }

  @Test
  void how_clusters_are_chunked_changes_nothing() {
    double[][] together = blend(new Blend(), options(6, 0.5));
    double[][] apart = blend(new Blend(1, 1), options(6, 0.5));
    for (int i = 0; i < together.length; i++) {
      assertArrayEquals(together[i], apart[i], 1e-12);
    }
  }

  @Test
  void without_iterations_a_prototype_is_the_mean() {
    double[][] means = blend(new Blend(), options(0, 0.5));
    double[] first = fill(4);
    double[] second = fill(5);
    double[] want =
        IntStream.range(0, first.length).mapToDouble(i -> (first[i] + second[i]) / 2).toArray();
    assertArrayEquals(want, means[2], 1e-12);
  }

  @Test
  void a_single_image_is_its_own_prototype() {
    assertArrayEquals(fill(3), blend(new Blend(), options(6, 0.5))[1], 0);
  }

  @Test
  void the_loss_falls() {
    List<Double> losses = new ArrayList<>();
    run(
        new Blend(),
        options(10, 0.1),
        (chosen, p, w, found) -> {
          for (double[] step : found) {
            losses.add(Arrays.stream(step).sum());
          }
        });
    assertTrue(
        losses.get(losses.size() - 1) < 0.99 * losses.get(0), "from first to last: " + losses);
  }

  @Test
  void a_step_that_throws_the_weight_sum_away_is_refused() {
    // a million times the usual step: without the guard the picture is gone
    long[] refused = new long[1];
    double[][] images = new double[CLUSTERS.length][];
    refused[0] = run(new Blend(), options(5, 1e6), keep(images));
    assertTrue(refused[0] > 0, "some step should have been refused");
    double largest =
        Arrays.stream(images).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElseThrow();
    assertTrue(Double.isFinite(largest), "every pixel should be finite");
  }

  @Test
  void weights_that_are_no_numbers_start_even() {
    double[][] start = {{Double.NaN, 1, 1}, {1}, {1, -1}, {0, 0, 0, 0, 0}, {0.5, 0.5}};
    double[][] images = new double[CLUSTERS.length][];
    try (NDManager home = session.scope()) {
      long refused =
          new Blend()
              .run(
                  session,
                  CLUSTERS,
                  Optional.of(start),
                  options(0, 1),
                  (positions, k) -> FilledNetwork.images(k.scope(), positions, DataType.FLOAT64),
                  extractor(home),
                  Signals.NONE,
                  keep(images));
      assertEquals(3, refused);
    }
    double[][] even = blend(new Blend(), options(0, 1));
    for (int i = 0; i < even.length; i++) {
      assertArrayEquals(even[i], images[i], 1e-12);
    }
  }

  @Test
  void the_published_learning_rate_is_the_authors_cubic() {
    assertEquals(0.999981, BlendOptions.publishedLearningRate(2), 1e-6);
    assertEquals(0.165603, BlendOptions.publishedLearningRate(10), 1e-6);
    assertEquals(99.984, BlendOptions.publishedLearningRate(100), 1e-3);
    assertEquals(9998.661, BlendOptions.publishedLearningRate(1000), 1e-3);
    assertTrue(BlendOptions.publishedLearningRate(100_000) > 0, "it should never be negative");
  }

  @Test
  void the_step_size_is_the_learning_rate_over_the_number_of_clusters() {
    // k = 1000, M = 9000: 9998.661 / 9000 = 1.110962
    assertEquals(1.110962, BlendOptions.of(settings(1000, 0), 9000).stepSize(), 1e-6);
    assertEquals(0.25, BlendOptions.of(settings(1000, 2), 8).stepSize(), 1e-12);
  }

  @Test
  void prototypes_come_in_the_order_of_the_free_clusters_with_their_class() {
    // six images: class 0 in clusters 0 (0, 1) and 1 (2), class 1 in cluster 2 (3, 4, 5)
    Clusters clusters = new Clusters(2, 2, new int[] {0, 0, 1, 2, 2, 2});
    try (ImageTable table = ImageTable.of(session, dataset())) {
      Prototypes all = condense(table, clusters, new int[] {0, 1, 2}, Signals.NONE);
      assertArrayEquals(new int[] {0, 0, 1}, all.labels());
      float[] third = new float[ImageSet.BYTES];
      System.arraycopy(all.images(), ImageSet.BYTES, third, 0, third.length);
      try (NDManager scope = session.scope()) {
        float[] want = table.batch(session.kernels(scope), new int[] {2}).toFloatArray();
        assertArrayEquals(want, third, 1e-6f);
      }
    }
  }

  @Test
  void no_free_cluster_makes_no_prototype() {
    Clusters clusters = new Clusters(1, 2, new int[] {0, 0, 0, 1, 1, 1});
    try (ImageTable table = ImageTable.of(session, dataset())) {
      assertEquals(0, condense(table, clusters, new int[0], Signals.NONE).labels().length);
    }
  }

  @Test
  void an_empty_free_cluster_is_refused_in_a_sentence() {
    Clusters clusters = new Clusters(2, 2, new int[] {0, 0, 0, 2, 2, 2});
    try (ImageTable table = ImageTable.of(session, dataset())) {
      IllegalArgumentException refusal =
          assertThrows(
              IllegalArgumentException.class,
              () -> condense(table, clusters, new int[] {0, 1}, Signals.NONE));
      assertEquals(
          "Free cluster 1 of 4 has no image to make a prototype of.", refusal.getMessage());
    }
  }

  @Test
  void it_stops_when_asked() {
    Signals stop =
        new Signals() {
          @Override
          public boolean stopRequested() {
            return true;
          }

          @Override
          public void progress(long done, long total, double loss) {}
        };
    Clusters clusters = new Clusters(1, 2, new int[] {0, 0, 0, 1, 1, 1});
    try (ImageTable table = ImageTable.of(session, dataset())) {
      assertThrows(StoppedException.class, () -> condense(table, clusters, new int[] {0, 1}, stop));
    }
  }

  @Test
  void in_bf16_prototypes_are_those_of_fp32_but_for_rounding() {
    Clusters clusters = new Clusters(1, 2, new int[] {0, 0, 0, 1, 1, 1});
    int[] free = {0, 1};
    try (ImageTable table = ImageTable.of(session, dataset())) {
      Settings single = settings(2, 1, "fp32");
      Settings rounded = settings(2, 1, "bf16");
      float[] want = condense(new Blend(), table, clusters, free, single, Signals.NONE).images();
      float[] got = condense(new Blend(), table, clusters, free, rounded, Signals.NONE).images();
      assertArrayEquals(want, got, 0.02f); // pixels have a standard deviation of 0.6
      assertFalse(Arrays.equals(want, got), "nothing was rounded");
    }
  }

  private Prototypes condense(ImageTable table, Clusters clusters, int[] free, Signals signals) {
    return condense(new Blend(), table, clusters, free, signals);
  }

  private Prototypes condense(
      Blend blend, ImageTable table, Clusters clusters, int[] free, Signals signals) {
    return condense(blend, table, clusters, free, settings(2, 1), signals);
  }

  private Prototypes condense(
      Blend blend,
      ImageTable table,
      Clusters clusters,
      int[] free,
      Settings settings,
      Signals signals) {
    return blend
        .condense(
            new CondenseTask(
                session,
                Embedder.random(4, 3, new Draws(3)),
                table,
                clusters,
                new RetainParts(free, new int[0]),
                settings,
                (purpose, iteration, label) -> new Draws(1),
                signals))
        .prototypes();
  }

  private static Dataset dataset() {
    byte[] pixels = new byte[6 * ImageSet.BYTES];
    Draws draws = new Draws(5);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) draws.nextInt(256);
    }
    float[] half = {0.5f, 0.5f, 0.5f};
    ImageSet images = new ImageSet(pixels, new int[] {0, 0, 0, 1, 1, 1});
    return new Dataset("small", List.of("a", "b"), half, half, images, images);
  }

  private static Settings settings(int clustersPerClass, double learningRate) {
    return settings(clustersPerClass, learningRate, "fp32");
  }

  private static Settings settings(int clustersPerClass, double learningRate, String precision) {
    return Settings.of(
        new TreeMap<>(
            Map.of(
                "clusters-per-class",
                String.valueOf(clustersPerClass),
                "iterations",
                "3",
                "momentum",
                "0.5",
                "learning-rate",
                String.valueOf(learningRate),
                "minimum-weight-sum",
                "0.1",
                "precision",
                precision)));
  }

  private static BlendOptions options(int iterations, double stepSize) {
    return new BlendOptions(iterations, 0.5, stepSize, 0.1);
  }

  private double[][] blend(Blend blend, BlendOptions options) {
    double[][] images = new double[CLUSTERS.length][];
    run(blend, options, keep(images));
    return images;
  }

  private long run(Blend blend, BlendOptions options, Blend.Sink sink) {
    try (NDManager home = session.scope()) {
      return blend.run(
          session,
          CLUSTERS,
          Optional.empty(),
          options,
          (positions, k) -> FilledNetwork.images(k.scope(), positions, DataType.FLOAT64),
          extractor(home),
          Signals.NONE,
          sink);
    }
  }

  private static Blend.Extractor extractor(NDManager home) {
    NDList parameters = FilledNetwork.parameters(home, NETWORK, 0, DataType.FLOAT64);
    return (images, kernels) -> NETWORK.embed(parameters, images, kernels);
  }

  private static Blend.Sink keep(double[][] images) {
    return (chosen, prototypes, weights, losses) -> {
      for (int i = 0; i < chosen.length; i++) {
        images[chosen[i]] = prototypes.get(i).toDoubleArray();
      }
    };
  }

  private double[] fill(int id) {
    try (NDManager scope = session.scope()) {
      return FilledNetwork.images(scope, new int[] {id}, DataType.FLOAT64).toDoubleArray();
    }
  }
}
