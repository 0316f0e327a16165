package lethe.report;

import java.util.List;
import java.util.Locale;
import lethe.kernel.array.MeanCi;

/**
 * A mean over seeds with the half-width of its 95% confidence interval.
 *
 * @param n how many values it is of
 * @param mean NaN where n is 0
 * @param half NaN where n is below 2
 */
record Estimate(int n, double mean, double half) {
  private static final double LEVEL = 0.95;

  static Estimate of(List<Double> values) {
    double[] finite =
        values.stream().filter(Double::isFinite).mapToDouble(Double::doubleValue).toArray();
    if (finite.length == 0) {
      return new Estimate(0, Double.NaN, Double.NaN);
    }
    MeanCi ci = MeanCi.of(finite, LEVEL);
    return new Estimate(finite.length, ci.mean(), ci.halfWidth().orElse(Double.NaN));
  }

  /** A number that no seed could change; NaN where it is none. */
  static Estimate exact(double value) {
    return new Estimate(Double.isFinite(value) ? 1 : 0, value, 0);
  }

  /** {@code 12.34 ± 1.20}; without an interval from one value; a dash from none. */
  String text() {
    return text(2);
  }

  String text(int decimals) {
    if (n == 0) {
      return "–";
    }
    String text =
        String.format(Locale.ROOT, "%." + decimals + "f", mean)
            .replaceFirst("^-(?=[0.]+$)", ""); // no negative zero
    return n == 1 ? text : text + String.format(Locale.ROOT, " ± %." + decimals + "f", half);
  }

  /** Whether {@code value} lies inside the interval; never known from fewer than two values. */
  boolean covers(double value) {
    return n >= 2 && Math.abs(value - mean) <= half;
  }
}
