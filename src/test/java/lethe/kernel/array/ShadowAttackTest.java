package lethe.kernel.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lethe.kernel.array.ShadowNormals.Centre;
import lethe.kernel.array.ShadowNormals.Spread;
import org.junit.jupiter.api.Test;

class ShadowAttackTest {
  private static final double[][] SCORES = {{0, 2}, {1, 1, 10}};

  @Test
  void deviations_are_the_examples_own_or_everyones() {
    // Means 1 and 4, variances (1 + 1)/2 = 1 and (9 + 9 + 36)/3 = 18; of all five 13.36.
    assertArrayEquals(
        new double[] {1, Math.sqrt(18)},
        ShadowNormals.of(SCORES, Centre.MEAN, Spread.OWN).deviations());
    assertArrayEquals(
        new double[] {Math.sqrt(9.5), Math.sqrt(9.5)},
        ShadowNormals.of(SCORES, Centre.MEAN, Spread.WITHIN).deviations());
    assertArrayEquals(
        new double[] {Math.sqrt(13.36), Math.sqrt(13.36)},
        ShadowNormals.of(SCORES, Centre.MEAN, Spread.TOTAL).deviations(),
        1e-12);
  }

  @Test
  void the_median_moves_the_centre_and_not_the_deviation() {
    ShadowNormals normals = ShadowNormals.of(SCORES, Centre.MEDIAN, Spread.OWN);
    assertArrayEquals(new double[] {1, 1}, normals.centres());
    assertArrayEquals(new double[] {1, Math.sqrt(18)}, normals.deviations());
  }

  @Test
  void an_example_without_shadow_scores_is_refused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ShadowNormals.of(new double[][] {{1}, {}}, Centre.MEAN, Spread.OWN));
  }

  @Test
  void lira_is_the_log_ratio_of_two_normals() {
    // N(3, 2) against N(0, 1) at 2: -1/8 - log 2 + 4/2.
    ShadowNormals in = new ShadowNormals(new double[] {3}, new double[] {2});
    ShadowNormals out = new ShadowNormals(new double[] {0}, new double[] {1});
    double[] target = {2};
    assertEquals(1.875 - Math.log(2), Lira.online(target, in, out)[0], 1e-12);
    assertEquals(2, Lira.offline(target, out)[0]);
    assertEquals(0.977249868, Lira.probability(2), 1e-9);
  }

  @Test
  void shadow_scores_that_are_all_equal_leave_no_nan() {
    ShadowNormals flat = new ShadowNormals(new double[] {1, 1}, new double[] {0, 0});
    double[] targets = {1, 2};
    assertArrayEquals(new double[] {0, 0}, Lira.online(targets, flat, flat));
    assertEquals(0, Lira.offline(targets, flat)[0]);
    assertEquals(1, Lira.probability(Lira.offline(targets, flat)[1]));
    assertThrows(IllegalArgumentException.class, () -> Lira.offline(new double[1], flat));
  }

  @Test
  void rmia_counts_the_images_that_gained_less() {
    // a = ½, mean of the references ½: p(x) = (0.75 + 0.5)/2 = 0.625; at a = 1 it is ½.
    double[] targets = {0.75, 0.5};
    double[][] references = {{0.25, 0.75}, {0.5}};
    assertArrayEquals(new double[] {1.2, 0.8}, Rmia.ratios(targets, references, 0.5), 1e-12);
    assertArrayEquals(new double[] {1.5, 1}, Rmia.ratios(targets, references, 1));
    double[] population = {1, 2, 4, 8};
    assertArrayEquals(
        new double[] {0.75, 0, 0.5}, Rmia.scores(new double[] {4, 0, 2}, population, 1));
    assertArrayEquals(new double[] {0.5}, Rmia.scores(new double[] {4}, population, 2));
  }

  @Test
  void rmia_refuses_what_has_no_ratio() {
    double[] one = {0.5};
    double[][] zero = {{0}};
    assertEquals(1, Rmia.ratios(one, zero, 0)[0]); // p(x) = ½
    assertThrows(IllegalArgumentException.class, () -> Rmia.ratios(one, zero, 1));
    assertThrows(IllegalArgumentException.class, () -> Rmia.ratios(one, new double[][] {{}}, 0.3));
    assertThrows(IllegalArgumentException.class, () -> Rmia.ratios(one, zero, 1.1));
    assertThrows(IllegalArgumentException.class, () -> Rmia.scores(one, new double[0], 1));
  }
}
