package lethe.kernel.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MeanCiTest {
  @Test
  void three_repeats_have_the_interval_of_the_published_tables() {
    // 1, 2, 3: mean 2, s = 1, half-width 4.3027 / √3 = 2.4841.
    MeanCi ci = MeanCi.of(new double[] {1, 2, 3}, 0.95);
    assertEquals(2, ci.mean());
    assertEquals(1, ci.sd().orElseThrow());
    assertEquals(2.4841, ci.halfWidth().orElseThrow(), 1e-4);
  }

  @Test
  void one_repeat_has_no_interval() {
    MeanCi ci = MeanCi.of(new double[] {70}, 0.95);
    assertEquals(70, ci.mean());
    assertTrue(ci.halfWidth().isEmpty());
  }

  @Test
  void no_repeat_is_an_error() {
    assertThrows(IllegalArgumentException.class, () -> MeanCi.of(new double[0], 0.95));
  }

  @Test
  void pairs_that_differ_by_a_constant_differ_for_certain() {
    MeanDifference d = MeanDifference.paired(new double[] {2, 3}, new double[] {1, 2}, 0.95);
    assertEquals(1, d.meanDifference());
    assertEquals(0, d.halfWidth());
    assertEquals(Double.POSITIVE_INFINITY, d.t());
    assertEquals(0, d.p());
  }

  @Test
  void equal_samples_without_spread_say_nothing() {
    MeanDifference d = MeanDifference.welch(new double[] {5, 5}, new double[] {5, 5}, 0.95);
    assertEquals(0, d.meanDifference());
    assertTrue(Double.isNaN(d.t()));
    assertTrue(Double.isNaN(d.p()));
  }

  @Test
  void a_pair_has_two_sides() {
    assertThrows(
        IllegalArgumentException.class,
        () -> MeanDifference.paired(new double[] {1, 2}, new double[] {1}, 0.95));
  }
}
