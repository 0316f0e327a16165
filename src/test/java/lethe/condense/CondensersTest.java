package lethe.condense;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lethe.data.Clusters;
import lethe.data.Dataset;
import lethe.data.ImageSet;
import lethe.data.Prototypes;
import lethe.data.RetainParts;
import lethe.kernel.array.Draws;
import lethe.net.Cuts;
import lethe.net.Embedder;
import lethe.net.EngineSession;
import lethe.net.EngineSettings;
import lethe.net.ImageTable;
import lethe.net.Signals;
import lethe.net.StoppedException;
import lethe.plan.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The condensers beside Blend, on six images of noise: three of class 0, three of class 1. */
class CondensersTest {
  private static final List<String> MATCHING = List.of("dm", "gm", "idm");
  private static final int[] FREE = {0, 1, 2};

  /** Class 0 in clusters 0 (images 0, 1) and 1 (image 2), class 1 in cluster 2. */
  private final Clusters clusters = new Clusters(2, 2, new int[] {0, 0, 1, 2, 2, 2});

  private final EngineSession session = EngineSession.open(new EngineSettings("cpu", 2));
  private final ImageTable table = ImageTable.of(session, dataset());
  private final List<Double> losses = new ArrayList<>();

  @AfterEach
  void close() {
    table.close();
    session.close();
  }

  private final Signals collecting =
      new Signals() {
        @Override
        public boolean stopRequested() {
          return false;
        }

        @Override
        public void progress(long done, long total, double loss) {
          losses.add(loss);
        }
      };

  private Prototypes condense(String id, int seed, Map<String, String> more) {
    return condense(id, seed, more, collecting);
  }

  private Prototypes condense(String id, int seed, Map<String, String> more, Signals signals) {
    TreeMap<String, String> settings =
        new TreeMap<>(
            Map.of(
                "clusters-per-class", "2",
                "iterations", "3",
                "batch", "4",
                "learning-rate", "0.1",
                "momentum", "0.5",
                "network-learning-rate", "0.01",
                "networks", "2",
                "cross-entropy-weight", "1",
                "embedder-width", "4",
                "embedder-depth", "2"));
    settings.putAll(more);
    return Condensers.of(id)
        .condense(
            new CondenseTask(
                session,
                Embedder.random(4, 2, new Draws(3)),
                table,
                clusters,
                new RetainParts(FREE, new int[0]),
                new Settings(settings),
                (purpose, iteration, label) ->
                    new Draws((purpose + iteration + "/" + label + "/" + seed).hashCode()),
                signals))
        .prototypes();
  }

  private float[] image(int position) {
    try (NDManager scope = session.scope()) {
      return table.batch(session.kernels(scope), new int[] {position}).toFloatArray();
    }
  }

  private static float[] prototype(Prototypes all, int i) {
    return Arrays.copyOfRange(all.images(), i * ImageSet.BYTES, (i + 1) * ImageSet.BYTES);
  }

  @Test
  void a_cut_between_two_steps_changes_no_bit() {
    for (String id : MATCHING) {
      int steps =
          Cuts.anywhere(
              signals -> {
                Prototypes made =
                    condense(id, 1, Map.of("clusters-per-class", "10", "iterations", "2"), signals);
                return Arrays.hashCode(made.images());
              });
      assertEquals(id.equals("gm") ? 20 : 2, steps, id); // GM moves ten times for each network
    }
  }

  @Test
  void a_random_prototype_is_an_image_of_its_cluster() {
    List<List<Float>> first = new ArrayList<>();
    for (int seed = 0; seed < 8; seed++) {
      Prototypes all = condense("random", seed, Map.of());
      assertArrayEquals(new int[] {0, 0, 1}, all.labels());
      assertArrayEquals(image(2), prototype(all, 1), "the only image of cluster 1");
      float[] chosen = prototype(all, 0);
      assertTrue(Arrays.equals(chosen, image(0)) || Arrays.equals(chosen, image(1)));
      first.add(List.of(chosen[0]));
    }
    assertTrue(first.stream().distinct().count() > 1, "seeds draw different images");
  }

  @Test
  void a_mean_prototype_is_the_mean_of_its_cluster() {
    Prototypes all = condense("mean", 1, Map.of());
    float[] first = image(0);
    float[] second = image(1);
    float[] want = new float[ImageSet.BYTES];
    for (int i = 0; i < want.length; i++) {
      want[i] = (first[i] + second[i]) / 2;
    }
    assertArrayEquals(want, prototype(all, 0), 1e-6f);
    assertArrayEquals(image(2), prototype(all, 1), 1e-6f);
    assertArrayEquals(new int[] {0, 0, 1}, all.labels());
  }

  @Test
  void what_matches_begins_with_real_images_of_the_class() {
    for (String id : MATCHING) {
      Prototypes all = condense(id, 1, Map.of("iterations", "0"));
      assertArrayEquals(new int[] {0, 0, 1}, all.labels(), id);
      float[] last = prototype(all, 2);
      assertTrue(
          Arrays.equals(last, image(3))
              || Arrays.equals(last, image(4))
              || Arrays.equals(last, image(5)),
          id);
      assertFalse(Arrays.equals(prototype(all, 0), prototype(all, 1)), "drawn without replacement");
    }
  }

  @Test
  void what_matches_moves_and_is_a_function_of_its_seed() {
    for (String id : MATCHING) {
      float[] start = condense(id, 1, Map.of("iterations", "0")).images();
      float[] once = condense(id, 1, Map.of()).images();
      float[] again = condense(id, 1, Map.of()).images();
      float[] other = condense(id, 2, Map.of()).images();
      assertArrayEquals(once, again, id);
      assertFalse(Arrays.equals(once, start), id);
      assertFalse(Arrays.equals(once, other), id);
    }
  }

  @Test
  void matching_lowers_its_loss() {
    for (String id : List.of("dm", "idm")) {
      losses.clear();
      condense(id, 1, Map.of("iterations", "60", "learning-rate", "2"));
      double begin = mean(losses.subList(0, 15));
      double end = mean(losses.subList(45, 60));
      assertTrue(end < 0.9 * begin, id + ": " + begin + " to " + end);
    }
  }

  @Test
  void gradient_matching_trains_its_network_between_the_steps_of_its_outer_loop() {
    losses.clear();
    condense("gm", 1, Map.of("iterations", "1", "clusters-per-class", "10"));
    assertEquals(10, losses.size(), "ten steps of one network");
    assertEquals(new GradientMatching.Loops(1, 1), GradientMatching.Loops.of(2));
    assertEquals(new GradientMatching.Loops(10, 50), GradientMatching.Loops.of(10));
    assertEquals(new GradientMatching.Loops(50, 10), GradientMatching.Loops.of(1000));
  }

  @Test
  void all_stop_when_asked() {
    Signals stop =
        new Signals() {
          @Override
          public boolean stopRequested() {
            return true;
          }

          @Override
          public void progress(long done, long total, double loss) {}
        };
    for (String id : List.of("random", "mean", "dm", "gm", "idm")) {
      assertThrows(StoppedException.class, () -> condense(id, 1, Map.of(), stop), id);
    }
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /** Six images of noise: three of class 0, three of class 1. */
  static Dataset dataset() {
    byte[] pixels = new byte[6 * ImageSet.BYTES];
    Draws draws = new Draws(5);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) draws.nextInt(256);
    }
    float[] half = {0.5f, 0.5f, 0.5f};
    ImageSet images = new ImageSet(pixels, new int[] {0, 0, 0, 1, 1, 1});
    return new Dataset("small", List.of("a", "b"), half, half, images, images);
  }
}
