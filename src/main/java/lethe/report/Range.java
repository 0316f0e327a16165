package lethe.report;

import java.math.BigDecimal;

/**
 * Where a number must lie. An end that stands alone is not part of it, for "more" needs a
 * difference: two equal numbers prove no direction. Of a range between two ends both are.
 *
 * @param from may be -infinity
 * @param to may be infinity
 */
record Range(double from, double to) {
  /** Whether the whole interval lies in it; not where an end of the interval is NaN. */
  boolean holdsAll(double low, double high) {
    return isOneSided() ? low > from && high < to : low >= from && high <= to;
  }

  /** Whether nothing of the interval lies in it; not where an end of the interval is NaN. */
  boolean holdsNothing(double low, double high) {
    return isOneSided() ? high <= from || low >= to : high < from || low > to;
  }

  private boolean isOneSided() {
    return Double.isInfinite(from) || Double.isInfinite(to);
  }

  /** In words. */
  String text() {
    if (Double.isInfinite(from)) {
      return "below " + number(to);
    }
    return Double.isInfinite(to) ? "above " + number(from) : number(from) + " to " + number(to);
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
