package lethe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FootingTest {
  private static final Footing CF =
      new Footing(200, 1800, 1400, OptionalInt.empty(), 15, 64, 0, Footing.Diet.RETAINED);
  private static final Footing ACF =
      new Footing(200, 1800, 1400, OptionalInt.empty(), 1, 64, 4, Footing.Diet.RETAINED);

  @Test
  void a_step_of_a_cf_costs_its_companions_too() {
    // Uniform, everything large enough: (3b + 3*4b + 4b) / 3b = 19/3 = 6.33 steps of CF.
    Footing large =
        new Footing(5000, 45000, 7000, OptionalInt.empty(), 1, 64, 4, Footing.Diet.RETAINED);
    Footing plain =
        new Footing(5000, 45000, 7000, OptionalInt.empty(), 1, 64, 0, Footing.Diet.RETAINED);
    assertEquals(19 / 3.0, large.passes(7000) / plain.passes(7000), 1e-12);
    // F has 200 images and T' 140, both below 4 * 64: (192 + 600 + 140) / 192.
    assertEquals(932 / 192.0, ACF.passes(140) * 15 / CF.passes(140), 1e-12);
  }

  /** 12 epochs of 0.5 x 1800 retained and all 200 forgotten images, forward and backward: 39600. */
  @Test
  void bad_distillation_passes_over_a_share_and_over_f() {
    Footing.Diet diet = new Footing.Diet(0.5, true, 0);
    Footing bad = new Footing(200, 1800, 1400, OptionalInt.empty(), 12, 64, 0, diet);
    assertEquals(39_600, bad.passes(140), 1e-9);
  }

  /** 9 epochs of 1800 retained images, 4 of 200 forgotten ones: 3 x (16200 + 800). */
  @Test
  void scrub_passes_over_f_in_its_first_epochs() {
    Footing.Diet diet = new Footing.Diet(1, false, 4);
    Footing scrub = new Footing(200, 1800, 1400, OptionalInt.empty(), 9, 64, 0, diet);
    assertEquals(51_000, scrub.passes(140), 1e-9);
  }

  @Test
  void a_reduced_set_costs_its_share() {
    Footing reduced =
        new Footing(200, 1800, 1400, OptionalInt.of(900), 15, 64, 0, Footing.Diet.RETAINED);
    assertEquals(0.5, reduced.passes(140) / CF.passes(140), 1e-12);
  }
}
