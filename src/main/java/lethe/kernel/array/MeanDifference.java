package lethe.kernel.array;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Difference of two means with its confidence interval and the two-sided test of "no difference" by
 * Student's t.
 *
 * @param meanDifference mean of a minus mean of b
 * @param halfWidth of the interval around it
 * @param t meanDifference / its standard error; NaN where both are 0
 * @param df degrees of freedom
 * @param p probability of a |t| this large without a difference; NaN with t
 */
public record MeanDifference(
    double meanDifference, double halfWidth, double t, double df, double p) {
  /**
   * Paired: the differences a_i - b_i as one sample, n - 1 degrees of freedom.
   *
   * @param a one value a seed
   * @param b the values of the same seeds
   * @param level such as 0.95
   * @throws IllegalArgumentException when the sizes differ or there are fewer than two pairs
   */
  public static MeanDifference paired(double[] a, double[] b, double level) {
    if (a.length != b.length || a.length < 2) {
      throw new IllegalArgumentException(
          "A paired comparison needs two or more pairs, not " + a.length + " and " + b.length);
    }
    double[] differences = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      differences[i] = a[i] - b[i];
    }
    double error = Math.sqrt(MeanCi.variance(differences) / a.length);
    return of(MeanCi.mean(differences), error, a.length - 1.0, level);
  }

  /**
   * Welch's test for independent samples of unequal variance; degrees of freedom by Welch and
   * Satterthwaite: (u + v)² / (u² / (n - 1) + v² / (m - 1)), u = s_a² / n, v = s_b² / m.
   *
   * @throws IllegalArgumentException when a sample has fewer than two values
   */
  public static MeanDifference welch(double[] a, double[] b, double level) {
    if (a.length < 2 || b.length < 2) {
      throw new IllegalArgumentException(
          "Welch's test needs two or more values a side, not " + a.length + " and " + b.length);
    }
    return welch(MeanCi.of(a, level), MeanCi.of(b, level), level);
  }

  /**
   * The same for samples of which only size, mean and standard deviation are known.
   *
   * @throws IllegalArgumentException when one has no standard deviation
   */
  public static MeanDifference welch(MeanCi a, MeanCi b, double level) {
    double u = squaredError(a);
    double v = squaredError(b);
    double df =
        u + v == 0
            ? a.n() + b.n() - 2.0 // no spread at all: any value serves
            : (u + v) * (u + v) / (u * u / (a.n() - 1) + v * v / (b.n() - 1));
    return of(a.mean() - b.mean(), Math.sqrt(u + v), df, level);
  }

  private static double squaredError(MeanCi sample) {
    double sd =
        sample.sd().orElseThrow(() -> new IllegalArgumentException("A single value has no spread"));
    return sd * sd / sample.n();
  }

  private static MeanDifference of(double difference, double error, double df, double level) {
    double t = difference / error;
    double p =
        Double.isNaN(t) ? Double.NaN : 2 * TDistribution.of(df).survivalProbability(Math.abs(t));
    return new MeanDifference(difference, MeanCi.quantile(df, level) * error, t, df, p);
  }
}
