package lethe.kernel.array;

/**
 * How far two networks' answers are from each other: how far both are, on average, from their
 * middle,
 *
 * <p>JS(p, q) = ½ KL(p ‖ m) + ½ KL(q ‖ m), m = (p + q)/2, p and q the softmax of the logits,
 *
 * <p>in nats, from 0 (equal) to log 2 (sure of different classes); the same both ways. Source: Lin
 * (1991); as a measure of unlearning Chundawat et al. (2023), "Can bad teaching induce
 * forgetting?". Departures: their code, {@code metrics.py}, takes KL(m ‖ p) and KL(m ‖ q), and the
 * mean over classes where the sum belongs. A logit that is not finite gives NaN.
 */
public final class JensenShannon {
  private static final double BIT = Math.log(2); // in nats

  private JensenShannon() {}

  /**
   * The divergence for one image, in nats.
   *
   * @param logits of p. [classes]
   * @param others of q. [classes]
   * @throws IllegalArgumentException when they differ in length
   */
  public static double of(double[] logits, double[] others) {
    double[][] logs = LogSoftmax.both(logits, others); // log p and log q: [2, classes]
    double sum = 0;
    for (int j = 0; j < logs[0].length; j++) {
      double logM = Math.log((Math.exp(logs[0][j]) + Math.exp(logs[1][j])) / 2);
      sum += KlDivergence.term(logs[0][j], logM) + KlDivergence.term(logs[1][j], logM);
    }
    return Math.max(sum / 2, 0); // rounding may take it below
  }

  /** The same in bits, from 0 to 1. */
  public static double bits(double nats) {
    return nats / BIT;
  }
}
