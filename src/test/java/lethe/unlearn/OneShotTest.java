package lethe.unlearn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lethe.net.ConvNet;
import lethe.net.EngineSession;
import lethe.net.EngineSettings;
import lethe.net.Moments;
import lethe.net.Network;
import lethe.net.Objective;
import lethe.net.Role;
import lethe.net.Signals;
import lethe.net.TrainLoop;
import lethe.net.Weights;
import lethe.plan.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Methods that look at gradients once and do not train. */
class OneShotTest {
  private static final Network NETWORK = new ConvNet(4, 3, 10);
  private static final int BIAS = NETWORK.parameters().size() - 1; // of the linear layer

  private final EngineSession session = EngineSession.open(new EngineSettings("cpu", 1));

  @AfterEach
  void close() {
    session.close();
  }

  private Task task(String method, String... others) {
    return Tasks.of(Settings.of(Tasks.settings(method, others)), NETWORK, session);
  }

  private TrainLoop loop(Task task, int microBatch) {
    return new TrainLoop(session, NETWORK, task.inference().table(), microBatch);
  }

  private Weights unlearn(String method, Task task) {
    return Methods.of(method).unlearn(task, loop(task, 0), Signals.NONE);
  }

  private List<float[]> moments(Task task, List<Moments.Term> terms, Moments.Form form) {
    return Moments.of("some", loop(task, 0), task.start(), terms, form, Signals.NONE);
  }

  /** Softmax of the original weights' answer about one image. */
  private static double[] shares(Task task, int image) {
    float[] z = task.inference().logits(task.start(), new int[] {image});
    double sum = 0;
    for (float logit : z) {
      sum += Math.exp(logit);
    }
    double[] shares = new double[z.length];
    for (int c = 0; c < z.length; c++) {
      shares[c] = Math.exp(z[c]) / sum;
    }
    return shares;
  }

  /**
   * ∂CE/∂bias = p - (1 at the label): worked by hand for two batches of one image, a quarter of the
   * first and half of the second.
   */
  @Test
  void moments_are_weighted_sums_of_squared_gradients() {
    Task task = task("ssd");
    Objective entropy = Objective.crossEntropy(Role.MIXED);
    List<Moments.Term> terms =
        List.of(
            new Moments.Term(new int[] {3}, entropy, 0.25),
            new Moments.Term(new int[] {7}, entropy, 0.5));
    double[] first = shares(task, 3);
    double[] second = shares(task, 7);
    float[] squares = moments(task, terms, Moments.Form.SQUARE).get(BIAS);
    float[] magnitudes = moments(task, terms, Moments.Form.MAGNITUDE).get(BIAS);
    for (int c = 0; c < 10; c++) {
      double a = first[c] - (c == 3 ? 1 : 0);
      double b = second[c] - (c == 7 ? 1 : 0);
      assertEquals(0.25 * a * a + 0.5 * b * b, squares[c], 1e-6);
      assertEquals(0.25 * Math.abs(a) + 0.5 * Math.abs(b), magnitudes[c], 1e-6);
    }
  }

  /** ∂‖z‖²/∂bias = 2z: with one image a batch the importance is 2|z|, averaged. */
  @Test
  void lf_ssd_takes_the_gradient_of_the_squared_length_of_the_outputs() {
    Task task = task("lf-ssd", "batch", "1", "selection", "0", "dampening", "0.5");
    Weights end = unlearn("lf-ssd", task);
    float[] start = task.start().values(BIAS);
    float[] bias = end.values(BIAS);
    for (int c = 0; c < 10; c++) {
      double all = 0;
      double forget = 0;
      for (int image = 0; image < 10; image++) {
        double z = task.inference().logits(task.start(), new int[] {image})[c];
        all += 2 * Math.abs(z) / 10;
        forget += image < 2 ? 2 * Math.abs(z) / 2 : 0; // F is images 0 and 1
      }
      double expected = start[c] * Math.min(0.5 * all / forget, 1);
      assertEquals(expected, bias[c], 1e-5 * Math.max(1, Math.abs(expected)));
    }
  }

  /**
   * ∂CE/∂bias = p - (1 at the label): with one image a batch the importance is its square,
   * averaged.
   */
  @Test
  void ssd_takes_the_squared_gradient_of_the_cross_entropy() {
    Task task = task("ssd", "batch", "1", "selection", "0", "dampening", "0.5");
    Weights end = unlearn("ssd", task);
    float[] start = task.start().values(BIAS);
    float[] bias = end.values(BIAS);
    double[] all = new double[10];
    double[] forget = new double[10];
    for (int image = 0; image < 10; image++) {
      double[] p = shares(task, image);
      for (int c = 0; c < 10; c++) {
        double slope = p[c] - (c == image ? 1 : 0);
        all[c] += slope * slope / 10;
        forget[c] += image < 2 ? slope * slope / 2 : 0; // F is images 0 and 1
      }
    }
    int shrunk = 0;
    for (int c = 0; c < 10; c++) {
      double share = Math.min(0.5 * all[c] / forget[c], 1); // the bound
      shrunk += share < 1 ? 1 : 0;
      assertEquals(start[c] * share, bias[c], 1e-4 * Math.abs(start[c]), "class " + c);
    }
    assertTrue(shrunk > 0, "the biases of classes 0 and 1 at least: " + shrunk);
  }

  /** No weight is a billion times more important for F: none is chosen. */
  @Test
  void ssd_that_selects_nothing_leaves_the_weights() {
    Task task = task("ssd", "selection", "1e9");
    assertEquals(task.start().digest(), unlearn("ssd", task).digest());
  }

  /** With bound 0 a chosen weight becomes 0, and only those are chosen that matter more for F. */
  @Test
  void ssd_dampens_what_matters_more_for_the_forget_set() {
    Task task = task("ssd", "batch", "1", "selection", "2", "lower-bound", "0");
    Weights end = unlearn("ssd", task);
    Objective entropy = Objective.crossEntropy(Role.MIXED);
    List<Moments.Term> forget = new ArrayList<>();
    List<Moments.Term> all = new ArrayList<>();
    for (int image = 0; image < 10; image++) {
      all.add(new Moments.Term(new int[] {image}, entropy, 0.1));
      if (image < 2) {
        forget.add(new Moments.Term(new int[] {image}, entropy, 0.5));
      }
    }
    float[] f = moments(task, forget, Moments.Form.SQUARE).get(BIAS);
    float[] g = moments(task, all, Moments.Form.SQUARE).get(BIAS);
    int chosen = 0;
    for (int c = 0; c < 10; c++) {
      boolean more = f[c] > 2 * g[c];
      chosen += more ? 1 : 0;
      assertEquals(more ? 0 : task.start().values(BIAS)[c], end.values(BIAS)[c], 0f, "class " + c);
    }
    assertTrue(chosen > 0 && chosen < 10, "the biases of classes 0 and 1 at least: " + chosen);
  }

  /** The authors' mistake: what matters ten times more for all images than for F shrinks. */
  @Test
  void ssd_as_published_dampens_what_matters_more_for_all_images() {
    Task right = task("ssd", "batch", "1", "selection", "2", "lower-bound", "0");
    Map<String, String> settings = new TreeMap<>(right.settings().entries());
    settings.put("protocol", "as-published");
    Task wrong = Tasks.of(Settings.of(settings), NETWORK, session);
    float[] start = right.start().values(BIAS);
    float[] forgotten = unlearn("ssd", right).values(BIAS);
    float[] published = unlearn("ssd", wrong).values(BIAS);
    int chosen = 0;
    for (int c = 0; c < 10; c++) {
      assertTrue(forgotten[c] == start[c] || published[c] == start[c], "not both: class " + c);
      chosen += published[c] == 0 ? 1 : 0;
    }
    assertTrue(chosen > 0, "biases of retained classes");
  }

  /** Images 0 and 1 are all there is of classes 0 and 1: their rows are drawn anew around 0. */
  @Test
  void fisher_draws_the_rows_of_forgotten_classes_anew() {
    Task task = task("fisher", "alpha", "1e-12", "images", "2");
    Weights end = unlearn("fisher", task);
    float[] start = task.start().values(BIAS);
    float[] bias = end.values(BIAS);
    for (int c = 0; c < 10; c++) {
      if (c < 2) {
        assertEquals(0, bias[c], 0.06, "six standard deviations of 0.01");
        assertNotEquals(start[c], bias[c]);
      } else {
        assertEquals(start[c], bias[c], 1e-3, "noise of at most √(10 · 10² · 10⁻¹²)");
      }
    }
  }

  /**
   * Of the last bias, for an image of softmax p: Σ_y p_y (p_c - (1 at y))² = p_c (1 - p_c),
   * whatever its label.
   */
  @Test
  void fisher_s_curvature_weighs_each_class_by_what_the_weights_think_of_it() {
    Task task = task("fisher", "images", "0");
    float[] curvature = moments(task, Fisher.terms(task), Moments.Form.SQUARE).get(BIAS);
    for (int c = 0; c < 10; c++) {
      double expected = 0;
      for (int image : task.retain()) {
        double p = shares(task, image)[c];
        expected += p * (1 - p) / task.retain().length;
      }
      assertEquals(expected, curvature[c], 1e-4 * expected, "class " + c);
    }
  }

  @Test
  void fisher_moves_weights_by_its_alpha() {
    Task small = task("fisher", "alpha", "1e-10", "images", "2");
    Task large = task("fisher", "alpha", "1e-6", "images", "2");
    float[] start = small.start().values(0);
    float[] little = unlearn("fisher", small).values(0);
    float[] much = unlearn("fisher", large).values(0);
    float[] scaled = new float[start.length]; // the same draws, a hundred times as far
    for (int i = 0; i < start.length; i++) {
      scaled[i] = start[i] + 100 * (little[i] - start[i]);
    }
    assertArrayEquals(scaled, much, 1e-4f);
  }
}
