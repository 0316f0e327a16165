package lethe.kernel.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OutputDistanceTest {
  // p = (¾, ¼), q = (¼, ¾)
  private static final double[] P = {Math.log(3), 0};
  private static final double[] Q = {5, 5 + Math.log(3)};

  @Test
  void two_answers_have_their_worked_distances() {
    // KL = ¾ log 3 - ¼ log 3; JS = ¾ log(3/2) + ¼ log(1/2); ‖(½, -½)‖ = √½
    assertEquals(Math.log(3) / 2, KlDivergence.of(P, Q), 1e-12);
    assertEquals(0.75 * Math.log(1.5) + 0.25 * Math.log(0.5), JensenShannon.of(P, Q), 1e-12);
    assertEquals(Math.sqrt(0.5), ActivationDistance.of(P, Q), 1e-12);
  }

  @Test
  void answers_beyond_all_doubt_stay_within_their_ranges() {
    double[] sure = {2000, 0};
    double[] contrary = {0, 2000};
    assertEquals(2000, KlDivergence.of(sure, contrary));
    assertEquals(Math.log(2), JensenShannon.of(sure, contrary), 1e-12);
    assertEquals(1, JensenShannon.bits(JensenShannon.of(sure, contrary)), 1e-12);
    assertEquals(Math.sqrt(2), ActivationDistance.of(sure, contrary), 1e-12);
    double[] alike = {2000, 1e-9};
    assertEquals(0, JensenShannon.of(sure, alike));
    assertEquals(0, KlDivergence.of(sure, alike));
  }

  @Test
  void zero_retrain_forgetting_is_one_where_nothing_differs() {
    assertEquals(1, ZeroRetrainForgetting.of(new double[] {0, 0}));
    assertEquals(0.75, ZeroRetrainForgetting.of(new double[] {0, 0.5}));
    assertThrows(IllegalArgumentException.class, () -> ZeroRetrainForgetting.of(new double[0]));
  }

  @Test
  void what_cannot_be_compared_is_refused_or_nan() {
    assertThrows(IllegalArgumentException.class, () -> KlDivergence.of(P, new double[3]));
    assertThrows(IllegalArgumentException.class, () -> JensenShannon.of(P, new double[3]));
    assertThrows(IllegalArgumentException.class, () -> ActivationDistance.of(P, new double[3]));
    double[] broken = {Double.NaN, 0};
    assertTrue(Double.isNaN(KlDivergence.of(P, broken)));
    assertTrue(Double.isNaN(JensenShannon.of(broken, P)));
    assertTrue(Double.isNaN(ActivationDistance.of(P, broken)));
  }
}
