package lethe.bench;

/**
 * What a figure should come to.
 *
 * @param most whether {@code limit} is the most it may be; the least, otherwise
 */
public record Goal(boolean most, double limit) {
  /** At most {@code limit}. */
  public static Goal below(double limit) {
    return new Goal(true, limit);
  }

  /** At least {@code limit}. */
  public static Goal above(double limit) {
    return new Goal(false, limit);
  }

  boolean met(double value) {
    return most ? value <= limit : value >= limit;
  }

  String text() {
    return (most ? "≤ " : "≥ ") + Series.text(limit);
  }
}
