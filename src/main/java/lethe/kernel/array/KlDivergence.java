package lethe.kernel.array;

/**
 * How much is lost by taking one network's answer for another's,
 *
 * <p>KL(p ‖ q) = Σ_j p_j (log p_j - log q_j), p and q the softmax of the logits,
 *
 * <p>in nats, 0 or more without a bound; not the same the other way round. Source: Kullback and
 * Leibler (1951). Departures: none. {@code kernel.tensor.DistillationKl} is the same on tensors,
 * with a gradient. A logit that is not finite gives NaN or ∞.
 */
public final class KlDivergence {
  private KlDivergence() {}

  /**
   * The divergence for one image.
   *
   * @param logits of p, what q is measured against. [classes]
   * @param others of q. [classes]
   * @throws IllegalArgumentException when they differ in length
   */
  public static double of(double[] logits, double[] others) {
    double[][] logs = LogSoftmax.both(logits, others); // log p and log q: [2, classes]
    double sum = 0;
    for (int j = 0; j < logs[0].length; j++) {
      sum += term(logs[0][j], logs[1][j]);
    }
    return Math.max(sum, 0); // rounding may take it below
  }

  /** p (log p - log q); 0 where p is, whatever q. */
  static double term(double logP, double logQ) {
    double p = Math.exp(logP);
    return p == 0 ? 0 : p * (logP - logQ);
  }
}
