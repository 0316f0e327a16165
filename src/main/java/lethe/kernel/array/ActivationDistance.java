package lethe.kernel.array;

/**
 * How far two networks' probabilities are from each other,
 *
 * <p>d = ‖p - q‖₂, p and q the softmax of the logits,
 *
 * <p>from 0 (equal) to √2 (sure of different classes). Source: Chundawat et al. (2023), "Can bad
 * teaching induce forgetting?", who compare the unlearned with the retrained network on the forget
 * set; {@code actv_dist} in their {@code metrics.py}. Departures: none. A logit that is not finite
 * gives NaN.
 */
public final class ActivationDistance {
  private ActivationDistance() {}

  /**
   * The distance for one image.
   *
   * @param logits of p. [classes]
   * @param others of q. [classes]
   * @throws IllegalArgumentException when they differ in length
   */
  public static double of(double[] logits, double[] others) {
    double[][] logs = LogSoftmax.both(logits, others); // log p and log q: [2, classes]
    double sum = 0;
    for (int j = 0; j < logs[0].length; j++) {
      double difference = Math.exp(logs[0][j]) - Math.exp(logs[1][j]);
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
