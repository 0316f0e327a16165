package lethe.kernel.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class SynapticDampeningTest {
  private static final float[] WEIGHTS = {1, -2, 3, 4};
  private static final float[] ALL = {1, 1, 1, 0};
  private static final float[] FORGET = {2, 4, 20, 5};

  /** α = 3: 2 is not above 3; 4 and 20 are, with ratios 1/4 and 1/20; 5 is above 0, ratio 0. */
  @Test
  void what_matters_much_more_for_the_forget_set_shrinks_by_the_ratio() {
    float[] dampened = new SynapticDampening(3, 1, 1, 1).of(WEIGHTS, ALL, FORGET);
    assertArrayEquals(new float[] {1, -0.5f, 0.15f, 0}, dampened, 1e-7f);
    assertArrayEquals(new float[] {1, -2, 3, 4}, WEIGHTS, "arguments stay");
  }

  /** λ = 2: 2/4 and 2/20; squared 1/4 and 1/100; at most 0.1. */
  @Test
  void constant_exponent_and_bound_act_on_the_ratio() {
    assertArrayEquals(
        new float[] {1, -1, 0.3f, 0},
        new SynapticDampening(3, 2, 1, 1).of(WEIGHTS, ALL, FORGET),
        1e-7f);
    assertArrayEquals(
        new float[] {1, -0.2f, 0.03f, 0},
        new SynapticDampening(3, 2, 2, 0.1).of(WEIGHTS, ALL, FORGET),
        1e-7f);
  }

  @Test
  void a_weight_that_matters_to_nobody_stays() {
    float[] none = {0, 0, 0, 0};
    assertArrayEquals(WEIGHTS, new SynapticDampening(0, 1, 1, 1).of(WEIGHTS, none, none));
  }
}
