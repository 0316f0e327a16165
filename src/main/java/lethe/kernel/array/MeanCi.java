package lethe.kernel.array;

import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Mean of repeats and its confidence interval mean ± halfWidth, halfWidth = t_{(1+level)/2, n-1} s
 * / √n with s the sample standard deviation (n - 1 in the denominator). With three repeats t is
 * 4.303, the form of the published tables.
 *
 * @param n number of values
 * @param mean their mean
 * @param sd s; empty for a single value
 * @param tQuantile t; empty for a single value
 * @param halfWidth empty for a single value
 */
public record MeanCi(
    int n, double mean, OptionalDouble sd, OptionalDouble tQuantile, OptionalDouble halfWidth) {
  /**
   * @param values at least one
   * @param level such as 0.95
   */
  public static MeanCi of(double[] values, double level) {
    if (values.length == 0) {
      throw new IllegalArgumentException("A mean needs at least one value");
    }
    int n = values.length;
    double mean = mean(values);
    if (n == 1) {
      return new MeanCi(
          n, mean, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }
    double sd = Math.sqrt(variance(values));
    double t = quantile(n - 1, level);
    return new MeanCi(
        n,
        mean,
        OptionalDouble.of(sd),
        OptionalDouble.of(t),
        OptionalDouble.of(t * sd / Math.sqrt(n)));
  }

  /**
   * What a paper prints as mean ± half-width: s = halfWidth √n / t.
   *
   * @param n repeats, two or more
   */
  public static MeanCi published(int n, double mean, double halfWidth, double level) {
    double t = quantile(n - 1, level);
    return new MeanCi(
        n,
        mean,
        OptionalDouble.of(halfWidth * Math.sqrt(n) / t),
        OptionalDouble.of(t),
        OptionalDouble.of(halfWidth));
  }

  /** Two-sided quantile of Student's t: P(|T| ≤ t) = level. */
  static double quantile(double degrees, double level) {
    return TDistribution.of(degrees).inverseCumulativeProbability((1 + level) / 2);
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Sample variance, n - 1 in the denominator. */
  static double variance(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / (values.length - 1);
  }
}
