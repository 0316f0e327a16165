package lethe.kernel.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AttackTest {
  @Test
  void auc_counts_pairs_and_half_of_the_ties() {
    // Members 3, 2 against 2, 1: 3 > 2, 3 > 1, 2 = 2, 2 > 1 makes 3.5 of 4 pairs.
    assertEquals(0.875, Auc.of(new double[] {3, 2}, new double[] {2, 1}));
  }

  @Test
  void auc_of_exchanged_groups_adds_up_to_one() {
    double[] a = {0.3, 0.1, 0.7, 0.7, -2};
    double[] b = {0.1, 0.2, 0.7};
    assertEquals(1, Auc.of(a, b) + Auc.of(b, a), 1e-15);
  }

  @Test
  void auc_refuses_nothing_and_nan() {
    assertThrows(IllegalArgumentException.class, () -> Auc.of(new double[0], new double[] {1}));
    assertThrows(
        IllegalArgumentException.class, () -> Auc.of(new double[] {Double.NaN}, new double[] {1}));
  }

  @Test
  void signed_zeros_tie() {
    assertEquals(0.5, Auc.of(new double[] {0.0}, new double[] {-0.0}));
  }

  @Test
  void tpr_at_fpr_takes_the_best_threshold_within_the_bound() {
    // Scores down: 9m 8m 7n 6m 5n. No false positive: 2 of 3. One of two (α = 1/2): 3 of 3.
    double[] members = {9, 8, 6};
    double[] others = {7, 5};
    assertEquals(2 / 3.0, TprAtFpr.of(members, others, 0.01));
    assertEquals(1, TprAtFpr.of(members, others, 0.5));
  }

  @Test
  void tpr_at_fpr_is_zero_when_the_top_is_tied() {
    assertEquals(0, TprAtFpr.of(new double[] {1, 1}, new double[] {1, 0}, 0.01));
  }

  @Test
  void phi_has_its_worked_examples() {
    // Logits [2, -1, 0.5, 0], label 0: φ = 2 - log(e^-1 + e^0.5 + 1) = 0.895869.
    assertEquals(0.895869, LiraStatistic.of(new double[] {2, -1, 0.5, 0}, 0), 1e-6);
    assertEquals(-Math.log(3), LiraStatistic.of(new double[4], 1), 1e-12);
  }

  @Test
  void phi_ends_at_the_floor_on_either_side() {
    double end = -Math.log(1e-15); // 34.538776
    assertEquals(end, LiraStatistic.of(new double[] {60, 0, 0, 0}, 0), 1e-9);
    assertEquals(-end, LiraStatistic.of(new double[] {-60, 0, 0, 0}, 0), 1e-9);
  }

  @Test
  void phi_counts_every_other_class_as_at_least_a_clipped_one() {
    // Label 0 at 0, one class at -34, eight at -100: Σ = e^-34 + 8 e^-50, not e^-34 + 8 e^-100.
    double[] logits = new double[10];
    Arrays.fill(logits, -100);
    logits[0] = 0;
    logits[1] = -34;
    double others = Math.exp(-34) + 8 * Math.exp(-50);
    assertEquals(-Math.log(others), LiraStatistic.of(logits, 0), 1e-9);
  }

  @Test
  void phi_of_a_logit_that_is_not_finite_is_nan() {
    assertTrue(Double.isNaN(LiraStatistic.of(new double[] {1, Double.NaN}, 0)));
    assertTrue(Double.isNaN(LiraStatistic.of(new double[] {1, Double.POSITIVE_INFINITY}, 0)));
  }

  @Test
  void the_logistic_fit_is_at_its_optimum() {
    boolean[] label = {false, true, false, true, true, false};
    assertOptimal(new double[] {-1.5, -0.2, 0.1, 0.4, 2.0, 30}, label);
  }

  @Test
  void the_penalty_keeps_the_fit_of_separate_groups_finite() {
    boolean[] label = {false, false, false, true, true, true};
    assertOptimal(new double[] {-34.5, -34.5, -30, 33, 34.5, 34.5}, label);
    assertOptimal(new double[] {-1e-3, -1e-3, -1e-3, 1e-3, 1e-3, 2e-3}, label);
  }

  /** At the minimum the slope's gradient, slope + Σ (p - y) x, and Σ (p - y) are zero. */
  private static void assertOptimal(double[] x, boolean[] label) {
    boolean[] used = new boolean[x.length];
    Arrays.fill(used, true);
    LogisticFit fit = LogisticFit.of(x, label, used, 1);
    double bySlope = fit.slope();
    double byIntercept = 0;
    for (int i = 0; i < x.length; i++) {
      double residual = fit.probability(x[i]) - (label[i] ? 1 : 0);
      bySlope += residual * x[i];
      byIntercept += residual;
    }
    assertEquals(0, bySlope, 1e-9);
    assertEquals(0, byIntercept, 1e-9);
  }

  @Test
  void folds_hold_each_group_in_equal_shares() {
    int[] foldOf = CrossValidatedAuc.stratifiedFolds(12, 5, new Draws(1));
    for (int group = 0; group < 2; group++) {
      int[] own = Arrays.copyOfRange(foldOf, group * 12, group * 12 + 12);
      for (int fold = 0; fold < 5; fold++) {
        int wanted = fold;
        long size = Arrays.stream(own).filter(f -> f == wanted).count();
        assertTrue(size == 2 || size == 3, "fold " + fold + " has " + size);
      }
    }
  }

  @Test
  void folds_need_a_score_each() {
    assertThrows(
        IllegalArgumentException.class,
        () -> CrossValidatedAuc.stratifiedFolds(4, 5, new Draws(1)));
  }

  @Test
  void the_attack_learns_the_sign() {
    // Members lower than all others: the rank AUC is 0, the attack finds 100.
    double[] low = {-5, -4, -3, -2, -1};
    double[] high = {1, 2, 3, 4, 5};
    int[] foldOf = CrossValidatedAuc.stratifiedFolds(5, 5, new Draws(1));
    assertEquals(0, Auc.of(low, high));
    assertEquals(100, CrossValidatedAuc.percent(low, high, foldOf, 5));
  }

  /** At the threshold the swap is tried; a threshold of 0 stands for none, whatever the score. */
  @Test
  void a_threshold_of_0_swaps_nothing_not_even_0() {
    CrossValidatedAuc.Outcome kept = new CrossValidatedAuc.Outcome(0, false);
    assertEquals(kept, CrossValidatedAuc.swapRule(0, 0, () -> 100));
    CrossValidatedAuc.Outcome swapped = new CrossValidatedAuc.Outcome(60, true);
    assertEquals(swapped, CrossValidatedAuc.swapRule(42, 42, () -> 60));
  }
}
