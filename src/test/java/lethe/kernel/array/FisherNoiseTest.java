package lethe.kernel.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FisherNoiseTest {
  private static final FisherNoise NOISE = new FisherNoise(0.01);

  /** 0.01 / 2 = 0.005; 0.01 * 10³ = 10 where nothing is felt. Vectors get ten times as much. */
  @Test
  void noise_is_small_where_the_loss_is_curved() {
    float[] curvature = {2, 0};
    assertArrayEquals(
        new double[] {0.05, 100}, NOISE.variances(curvature, 2, 1, false, true), 1e-6);
    assertArrayEquals(
        new double[] {0.05, 10}, NOISE.variances(curvature, 2, 1, true, true), 1e-6, "10²");
  }

  /**
   * Shape [2, 2, 2]: the mean over the middle dimension stands in both of its places. Curvatures 1
   * and 2 give 0.01 and 0.005, mean 0.0075; 4 and 4 give 0.0025.
   */
  @Test
  void the_variance_is_the_same_for_all_inputs_of_an_output() {
    float[] curvature = {1, 4, 2, 4, 4, 1, 4, 2};
    double[] expected = {0.0075, 0.0025, 0.0075, 0.0025, 0.0025, 0.0075, 0.0025, 0.0075};
    assertArrayEquals(expected, NOISE.variances(curvature, 2, 2, false, false), 1e-9);
  }

  @Test
  void noise_has_its_variance_and_nothing_moves_without() {
    float[] zeros = new float[20_000];
    double[] four = new double[zeros.length];
    Arrays.fill(four, 4);
    float[] noisy = FisherNoise.added(zeros, four, new Draws(3));
    double sum = 0;
    double squares = 0;
    for (float value : noisy) {
      sum += value;
      squares += (double) value * value;
    }
    assertEquals(0, sum / noisy.length, 0.06, "four standard errors of 2 / √20000");
    assertEquals(4, squares / noisy.length, 0.16, "four of 4 √(2/20000)");
    assertArrayEquals(
        new float[] {7}, FisherNoise.added(new float[] {7}, new double[1], new Draws(3)));
  }
}
