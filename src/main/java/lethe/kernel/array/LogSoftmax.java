package lethe.kernel.array;

/**
 * Natural logarithms of the probabilities that logits stand for, log p_j = z_j - log Σ_i e^{z_i}, 0
 * or less; finite for finite logits of any size. NaN or +∞ among the logits makes all of them NaN.
 */
final class LogSoftmax {
  private LogSoftmax() {}

  /**
   * log p of one image.
   *
   * @param logits z. [classes]
   * @return [classes]
   */
  static double[] of(double[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double z : logits) {
      largest = Math.max(largest, z);
    }
    double sum = 0;
    for (double z : logits) {
      sum += Math.exp(z - largest);
    }
    double logSum = largest + Math.log(sum);
    double[] logs = new double[logits.length];
    for (int j = 0; j < logits.length; j++) {
      logs[j] = logits[j] - logSum;
    }
    return logs;
  }

  /**
   * log p of one image by two networks.
   *
   * @return [2, classes]
   * @throws IllegalArgumentException when the two know different numbers of classes
   */
  static double[][] both(double[] logits, double[] others) {
    if (logits.length != others.length) {
      throw new IllegalArgumentException(
          logits.length + " classes cannot be compared with " + others.length);
    }
    return new double[][] {of(logits), of(others)};
  }
}
