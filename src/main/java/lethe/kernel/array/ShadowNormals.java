package lethe.kernel.array;

import java.util.Arrays;

/**
 * Normal distributions of an attack's scores under shadow models, one for each example: what the
 * scores look like when the example was trained on, or when it was not, as the caller chooses.
 *
 * <p>Deviations divide by the count (no Bessel's correction) and are taken around the mean,
 * whatever the centre. Source: Carlini et al. (2022), "Membership inference attacks from first
 * principles", algorithm 1, and {@code plot.py} of their code, which centres on the median.
 * Departures: where its deviation is fixed, that code takes the one of the trained-on side for both
 * sides; here each side has its own. No table uses them yet: no stage trains shadow models.
 *
 * @param centres an example each. [n]
 * @param deviations an example each, 0 or more. [n]
 */
public record ShadowNormals(double[] centres, double[] deviations) {
  /** What stands for the middle of an example's scores. */
  public enum Centre {
    MEAN,
    MEDIAN
  }

  /** Whose scores make an example's deviation. Few shadow models want one for all. */
  public enum Spread {
    /** The example's own. */
    OWN,
    /** All examples' together: √ of the variance of all scores, so it holds their differences. */
    TOTAL,
    /** All examples' around their own means: √ of the mean of the variances. */
    WITHIN
  }

  /**
   * @param scores of each example, one a shadow model; rows may differ in length. [n, shadows]
   * @throws IllegalArgumentException when an example has no score
   */
  public static ShadowNormals of(double[][] scores, Centre centre, Spread spread) {
    int n = scores.length;
    double[] centres = new double[n];
    double[] variances = new double[n];
    for (int i = 0; i < n; i++) {
      if (scores[i].length == 0) {
        throw new IllegalArgumentException("Example " + i + " has no shadow model's score");
      }
      centres[i] = centre == Centre.MEAN ? MeanCi.mean(scores[i]) : median(scores[i]);
      variances[i] = variance(scores[i]);
    }
    double[] deviations = new double[n];
    for (int i = 0; i < n; i++) {
      deviations[i] = Math.sqrt(variances[i]);
    }
    if (spread != Spread.OWN && n > 0) {
      double variance = spread == Spread.WITHIN ? MeanCi.mean(variances) : variance(all(scores));
      Arrays.fill(deviations, Math.sqrt(variance));
    }
    return new ShadowNormals(centres, deviations);
  }

  private static double[] all(double[][] scores) {
    return Arrays.stream(scores).flatMapToDouble(Arrays::stream).toArray();
  }

  private static double variance(double[] values) {
    double mean = MeanCi.mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / values.length;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
