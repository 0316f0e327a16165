package lethe.kernel.array;

/**
 * True-positive rate at a bounded false-positive rate: the largest share of members with a score of
 * at least t, over all thresholds t (and "nobody") for which at most a share α of the non-members
 * scores as high. From 0 to 1 (Carlini et al., 2022, report it at α = 1% and 0.1%). No table has it
 * yet: it is for attacks with shadow models, which no stage trains.
 */
public final class TprAtFpr {
  private TprAtFpr() {}

  /**
   * @param positives scores of the members, larger where more member-like
   * @param negatives scores of the non-members
   * @param alpha bound of the false-positive rate, 0 to 1
   * @throws IllegalArgumentException when one of the arrays is empty or holds NaN
   */
  public static double of(double[] positives, double[] negatives, double alpha) {
    double[] up = Auc.sorted(positives);
    double[] down = Auc.sorted(negatives);
    int accepted = 0;
    int wrong = 0;
    double best = 0;
    while (accepted < up.length) {
      double threshold = up[up.length - 1 - accepted];
      while (accepted < up.length && up[up.length - 1 - accepted] >= threshold) {
        accepted++;
      }
      while (wrong < down.length && down[down.length - 1 - wrong] >= threshold) {
        wrong++;
      }
      if ((double) wrong / down.length <= alpha) {
        best = (double) accepted / up.length;
      }
    }
    return best;
  }
}
