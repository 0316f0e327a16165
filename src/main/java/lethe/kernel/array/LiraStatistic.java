package lethe.kernel.array;

/**
 * The LiRA statistic without shadow models: how much more likely the label is than all other
 * classes together,
 *
 * <p>φ = log max(p_y, 10⁻¹⁵) - log max(Σ_{j≠y} p_j, 10⁻¹⁵), p_j = exp(-clip(CE_j, 0, 50)), CE_j =
 * log Σ_i e^{z_i} - z_j,
 *
 * <p>natural logarithms, between -34.54 and 34.54; larger is more member-like. Carlini et al.
 * (2022) scale confidences so; the clip and the floor are those of the authors' {@code
 * lira_mia.py}. A clipped p_j is e⁻⁵⁰, so the floor acts only where no other class adds more.
 * Departures: none. A logit that is not finite gives NaN.
 */
public final class LiraStatistic {
  private static final double CLIP = 50; // largest cross-entropy told apart
  private static final double FLOOR = 1e-15; // smallest probability told apart

  private LiraStatistic() {}

  /**
   * φ of one image.
   *
   * @param logits z, one for each class. [classes]
   * @param label y
   */
  public static double of(double[] logits, int label) {
    double[] logs = LogSoftmax.of(logits); // [classes]
    double own = 0;
    double others = 0;
    for (int j = 0; j < logits.length; j++) {
      double crossEntropy = Math.min(Math.max(-logs[j], 0), CLIP);
      if (j == label) {
        own = Math.exp(-crossEntropy);
      } else {
        others += Math.exp(-crossEntropy);
      }
    }
    return Math.log(Math.max(own, FLOOR)) - Math.log(Math.max(others, FLOOR));
  }
}
