package lethe.bench;

/**
 * How a benchmark is repeated. Each has a JVM of its own.
 *
 * @param warmUps times it is done before it counts
 * @param repetitions times it counts, at least 1
 * @param heap the most memory of its JVM, as {@code -Xmx} takes it
 */
public record Effort(int warmUps, int repetitions, String heap) {
  /** For what takes about a second: the JVM has compiled it after two. */
  public static final Effort USUAL = new Effort(2, 5, "1g");

  /** For what takes many seconds, most of them in code that is soon compiled. */
  public static final Effort LONG = new Effort(1, 3, "1g");
}
