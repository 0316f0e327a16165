package lethe.kernel.array;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Noise that hides what weights know: large where the retained images do not mind.
 *
 * <p>θ ← θ + σ ε, ε standard normal, σ² = α min(1 / (h + 10⁻⁸), 10³), h the curvature of the
 * retained images' loss; of the last layer at most 10² for 10³; of weights with several dimensions
 * the mean of σ² over the second one; of biases, norms and the last layer ten times as much.
 * Source: Golatkar, Achille and Soatto (2020), "Eternal sunshine of the spotless net", equation 7,
 * with the bounds and factors of their code, {@code fisher_forget.py} in the authors'. Departures:
 * none.
 *
 * @param alpha α, above 0
 */
public record FisherNoise(double alpha) {
  private static final double GUARD = 1e-8;
  private static final double MOST = 1e3;
  private static final double MOST_OF_LAST = 1e2;
  private static final double MORE = 10;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /**
   * σ² of one array of weights.
   *
   * @param curvature h, 0 or more. [outer, middle, inner] flattened, or [n]
   * @param middle length of the second dimension; 1 where there is none
   * @param outer length of the first dimension
   * @param last whether it is the last layer's
   * @param vector whether the array has one dimension
   */
  public double[] variances(
      float[] curvature, int outer, int middle, boolean last, boolean vector) {
    double[] variances = new double[curvature.length];
    for (int i = 0; i < variances.length; i++) {
      variances[i] = alpha * Math.min(1 / (curvature[i] + GUARD), last ? MOST_OF_LAST : MOST);
    }
    if (!vector) {
      flatten(variances, outer, middle);
    }
    if (last || vector) {
      for (int i = 0; i < variances.length; i++) {
        variances[i] *= MORE;
      }
    }
    return variances;
  }

  /** Puts the mean over the second dimension in the place of each value. */
  private static void flatten(double[] values, int outer, int middle) {
    int inner = values.length / (outer * middle);
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < inner; i++) {
        double sum = 0;
        for (int m = 0; m < middle; m++) {
          sum += values[(o * middle + m) * inner + i];
        }
        for (int m = 0; m < middle; m++) {
          values[(o * middle + m) * inner + i] = sum / middle;
        }
      }
    }
  }

  /** θ + σ ε, ε drawn number by number. */
  public static float[] added(float[] weights, double[] variances, Draws draws) {
    float[] noisy = weights.clone();
    for (int i = 0; i < noisy.length; i++) {
      double u = draws.nextDouble() + 0x1.0p-54; // the middle of its interval: never 0
      double noise = Math.sqrt(variances[i]) * NORMAL.inverseCumulativeProbability(u);
      noisy[i] = (float) (noisy[i] + noise);
    }
    return noisy;
  }
}
