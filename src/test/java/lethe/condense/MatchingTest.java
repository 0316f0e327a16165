package lethe.condense;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lethe.data.Clusters;
import lethe.data.RetainParts;
import lethe.kernel.array.Draws;
import lethe.kernel.tensor.CrossEntropy;
import lethe.net.Embedder;
import lethe.net.EngineSession;
import lethe.net.EngineSettings;
import lethe.net.ImageTable;
import lethe.net.Kernels;
import lethe.net.Signals;
import lethe.plan.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a step of matching looks at: six clusters of one image each, and synthetic images that stay.
 */
class MatchingTest {
  private final EngineSession session = EngineSession.open(new EngineSettings("cpu", 2));
  private final ImageTable table = ImageTable.of(session, CondensersTest.dataset());
  private final List<Double> losses = new ArrayList<>();

  @AfterEach
  void close() {
    table.close();
    session.close();
  }

  private CondenseTask task(CondenseSeeds seeds, Map<String, String> more) {
    TreeMap<String, String> settings =
        new TreeMap<>(
            Map.of(
                "clusters-per-class", "3",
                "batch", "3", // all real images of a class
                "learning-rate", "0",
                "momentum", "0",
                "network-learning-rate", "0.02",
                "networks", "2",
                "cross-entropy-weight", "1",
                "embedder-width", "4",
                "embedder-depth", "2"));
    settings.putAll(more);
    Signals signals =
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
    return new CondenseTask(
        session,
        Embedder.random(4, 2, new Draws(3)),
        table,
        new Clusters(3, 2, new int[] {0, 1, 2, 3, 4, 5}),
        new RetainParts(new int[] {0, 1, 2, 3, 4, 5}, new int[0]),
        new Settings(settings),
        seeds,
        signals);
  }

  private static Draws draws(String purpose, long iteration, int label) {
    return new Draws((purpose + iteration + "/" + label).hashCode());
  }

  private List<Double> losses(String id, CondenseSeeds seeds, Map<String, String> more) {
    losses.clear();
    Condensers.of(id).condense(task(seeds, more));
    return List.copyOf(losses);
  }

  /** Synthetic images that are the real ones match them, whatever is done to both alike. */
  @Test
  void real_and_synthetic_images_are_augmented_with_one_draw() {
    Map<String, String> many = Map.of("iterations", "12");
    for (double loss : losses("dm", MatchingTest::draws, many)) {
      assertEquals(0, loss, 1e-9);
    }
    Map<String, String> published = Map.of("iterations", "12", "protocol", "as-published");
    long seen = losses("dm", MatchingTest::draws, published).stream().filter(l -> l > 1e-3).count();
    assertTrue(seen >= 3, "other draws for real images are seen: " + seen);
  }

  /** All but the network is drawn alike in both iterations. */
  @Test
  void distribution_matching_draws_a_network_for_each_iteration_and_idm_keeps_its_own() {
    CondenseSeeds seeds =
        (purpose, iteration, label) ->
            draws(purpose, purpose.equals("network") ? iteration : 0, label);
    Map<String, String> two = Map.of("iterations", "2", "batch", "2");
    List<Double> fresh = losses("dm", seeds, two);
    assertNotEquals(fresh.get(0), fresh.get(1), 1e-3 * fresh.get(0));
    List<Double> kept = losses("idm", seeds, two);
    assertEquals(kept.get(0), kept.get(1), 1e-9);
  }

  @Test
  void gradient_matching_trains_its_network_downhill() {
    CondenseTask task = task(MatchingTest::draws, Map.of());
    try (NDManager home = session.scope()) {
      SyntheticSet set = new SyntheticSet(task, home);
      Embedder drawn = RandomNetworks.fresh(task, 0);
      NDList theta = drawn.weights().toDevice(home);
      double before = entropy(drawn, theta, set, home);
      GradientMatching.train(task, drawn.network(), theta, set, 0, 60);
      double after = entropy(drawn, theta, set, home);
      assertTrue(after < 0.8 * before, before + " to " + after);
    }
  }

  /** Of the synthetic images as they are. */
  private double entropy(Embedder drawn, NDList theta, SyntheticSet set, NDManager home) {
    Kernels kernels = session.kernels(home);
    NDArray logits = drawn.network().logits(theta, set.images(home), kernels);
    return CrossEntropy.perImage(logits, home.create(set.imageLabels())).mean().getFloat();
  }
}
