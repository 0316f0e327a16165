package lethe.kernel.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FormulasTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void cross_entropy_of_even_odds_is_the_logarithm_of_the_number_of_classes() {
    NDArray logits = manager.create(new double[] {0, 0, 0, 0, 3, 3, 3, 3}, new Shape(2, 4));
    NDArray labels = manager.create(new int[] {1, 3});
    double[] each = CrossEntropy.perImage(logits, labels).toDoubleArray();
    assertArrayEquals(new double[] {Math.log(4), Math.log(4)}, each, 1e-12);
  }

  @Test
  void cross_entropy_of_one_image_counts_its_own_class() {
    // e^2 / (e^2 + 1 + 1) = 0.7870; -log of it = 0.2395
    NDArray logits = manager.create(new double[] {2, 0, 0}, new Shape(1, 3));
    double ce = CrossEntropy.perImage(logits, manager.create(new long[] {0})).toDoubleArray()[0];
    assertEquals(0.239545, ce, 1e-6);
  }

  @Test
  void the_l1_norm_sums_magnitudes_of_all_arrays() {
    // |1| + |-2| + |0| + |0.5| = 3.5; its gradient is the sign
    NDArray first = manager.create(new double[] {1, -2}, new Shape(1, 2));
    NDArray second = manager.create(new double[] {0, 0.5});
    assertEquals(3.5, L1Norm.of(new NDList(first, second)).getDouble(), 1e-15);
    double[] signs =
        Gradients.exact(manager.create(new double[] {1, -2, 0}), v -> L1Norm.of(new NDList(v)));
    assertArrayEquals(new double[] {1, -1, 0}, signs);
  }

  @Test
  void the_largest_value_ranks_highest() {
    // code form, k = 2, x = 0, 1: Q1 = 0.5; Q2 = (sigmoid(2) + 0.5) / 2 = 0.690399
    NDArray q = SoftCdf.of(manager.create(new double[] {0, 1}), 2, SoftCdf.Form.CODE);
    assertArrayEquals(new double[] {0.5, 0.690399}, q.toDoubleArray(), 1e-6);
  }

  @Test
  void the_paper_ranks_below_one_half_too() {
    // Q1 = (0.5 + sigmoid(-2)) / 2 = 0.309601
    NDArray q = SoftCdf.of(manager.create(new double[] {0, 1}), 2, SoftCdf.Form.PAPER);
    assertArrayEquals(new double[] {0.309601, 0.690399}, q.toDoubleArray(), 1e-6);
  }

  @Test
  void a_shift_of_the_sample_changes_no_rank() {
    NDArray x = manager.create(new double[] {0.1, 0.4, 2});
    double[] here = SoftCdf.of(x, 2, SoftCdf.Form.PAPER).toDoubleArray();
    double[] there = SoftCdf.of(x.add(5), 2, SoftCdf.Form.PAPER).toDoubleArray();
    assertArrayEquals(here, there, 1e-12);
  }

  @Test
  void the_normal_score_of_certainty_is_the_bound() {
    // probit(0.975) = 1.959964
    NDArray z = Probit.of(manager.create(new double[] {0, 0.5, 0.975, 1}), 60);
    assertArrayEquals(new double[] {-60, 0, 1.959964, 60}, z.toDoubleArray(), 1e-6);
  }

  @Test
  void two_points_one_apart_have_a_known_discrepancy() {
    // 1 + 1 - 2 exp(-1/2) = 0.786939
    NDArray a = manager.create(new double[] {0});
    NDArray b = manager.create(new double[] {1});
    assertEquals(0.786939, GaussianMmd.of(a, b).getDouble(), 1e-6);
  }

  @Test
  void a_sample_is_at_no_distance_from_itself() {
    NDArray a = manager.create(new double[] {0.3, 1.7, -2});
    assertEquals(0, GaussianMmd.of(a, a).getDouble(), 1e-15);
  }

  @Test
  void feature_match_is_a_mean_over_features() {
    // ((1-0)^2 + (2-0)^2) / 2 = 2.5
    NDArray embeddings = manager.create(new double[] {1, 2}, new Shape(1, 2));
    NDArray targets = manager.zeros(new Shape(1, 2), embeddings.getDataType());
    assertEquals(2.5, FeatureMatch.perCluster(embeddings, targets).toDoubleArray()[0], 1e-12);
  }

  @Test
  void the_unseen_losses_carry_no_gradient() {
    NDArray forget = manager.create(new double[] {0.1, 0.5, 2});
    NDArray unseen = manager.create(new double[] {0.3, 0.6, 1});
    // 0 * unseen keeps the graph, so that what is left is exactly what flows through T
    double[] gradient =
        Gradients.exact(unseen, x -> MembershipTerm.PUBLISHED.of(x, forget).add(x.sum().mul(0)));
    assertArrayEquals(new double[3], gradient, 0);
  }

  @Test
  void a_temperature_of_zero_is_refused() {
    assertThrows(
        IllegalArgumentException.class, () -> new MembershipTerm(0, 60, SoftCdf.Form.CODE));
  }

  @Test
  void gradients_agree_with_finite_differences() {
    double[] x = {0.05, 0.3, 0.9, 2.2, 4};
    NDArray weights = manager.create(new double[] {1, -2, 0.5, 3, -1}); // not symmetric
    NDArray other = manager.create(new double[] {0.2, 1, 1.5});
    for (SoftCdf.Form form : SoftCdf.Form.values()) {
      agree(x, v -> SoftCdf.of(v, 2, form).mul(weights).sum());
      MembershipTerm term = new MembershipTerm(2, 60, form);
      agree(x, v -> term.of(other, v));
    }
    agree(x, v -> GaussianMmd.of(v, other));
    agree(new double[] {0.1, 0.4, 0.9}, v -> Probit.of(v, 60).sum());
    agree(
        new double[] {1, 2, 3, -1, 0, 1},
        v -> CrossEntropy.perImage(v.reshape(2, 3), manager.create(new int[] {2, 0})).sum());
  }

  @Test
  void the_gradient_of_blend_weights_agrees_with_finite_differences() {
    // two clusters of up to three images of four values; the second holds two and a padding
    double[] pixels = new double[24];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Math.sin(1 + 3 * i);
    }
    NDArray images = manager.create(pixels, new Shape(2, 3, 4));
    NDArray mask = manager.create(new double[] {1, 1, 1, 1, 1, 0}, new Shape(2, 3));
    double[] weights = {0.2, 0.5, 0.4, 0.9, -0.3, 0};
    Function<NDArray, NDArray> loss =
        v -> {
          NDArray kept = v.reshape(2, 3).mul(mask);
          return BlendGradient.blend(images, kept, kept.sum(new int[] {1}, true)).square().sum();
        };
    NDArray w = manager.create(weights, new Shape(2, 3));
    NDArray sums = w.sum(new int[] {1}, true);
    NDArray blended = BlendGradient.blend(images, w, sums);
    NDArray gradient = BlendGradient.ofWeights(blended.mul(2), images, blended, sums).mul(mask);
    assertArrayEquals(Gradients.numeric(manager, weights, loss), gradient.toDoubleArray(), 1e-8);
  }

  @Test
  void a_factor_outlives_a_garbage_collection_before_the_backward_pass() {
    for (int i = 0; i < 20; i++) {
      NDArray x = manager.create(new double[] {1, 2});
      double[] gradient =
          Gradients.exact(
              x,
              v -> {
                NDArray y = Scaled.down(Scaled.by(v, 3.0), 4.0).sum();
                System.gc(); // frees what Java no longer points to
                for (int other = 0; other < 100; other++) {
                  ByteBuffer.allocateDirect(Double.BYTES).putDouble(7e7); // takes its place
                }
                return y;
              });
      assertArrayEquals(new double[] {0.75, 0.75}, gradient);
    }
  }

  private void agree(double[] x, Function<NDArray, NDArray> formula) {
    assertArrayEquals(
        Gradients.numeric(manager, x, formula), Gradients.exact(manager.create(x), formula), 1e-8);
  }
}
