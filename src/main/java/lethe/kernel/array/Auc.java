package lethe.kernel.array;

import java.util.Arrays;

/**
 * Area under the ROC curve by ranks: P(member score &gt; non-member score) + ½ P(equal), from 0 to
 * 1; ½ is chance (Mann and Whitney, 1947). O(n log n); counts are whole numbers, so it is exact up
 * to one division.
 */
public final class Auc {
  private Auc() {}

  /**
   * @param positives scores of the members, larger where more member-like; at least one, no NaN
   * @param negatives scores of the non-members; at least one, no NaN
   * @throws IllegalArgumentException when one of them is empty or holds NaN
   */
  public static double of(double[] positives, double[] negatives) {
    double[] up = sorted(positives);
    double[] down = sorted(negatives);
    long halves = 0; // twice the pairs won, once the pairs tied
    int below = 0;
    int notAbove = 0;
    for (double score : up) {
      while (below < down.length && down[below] < score) {
        below++;
      }
      while (notAbove < down.length && down[notAbove] <= score) {
        notAbove++;
      }
      halves += below + notAbove;
    }
    return halves / (2.0 * up.length * down.length);
  }

  /**
   * Standard deviation of the AUC when both samples come from the same distribution without ties:
   * √((n + m + 1) / (12 n m)).
   */
  public static double chanceSd(int positives, int negatives) {
    return Math.sqrt((positives + negatives + 1.0) / (12.0 * positives * negatives));
  }

  /** The scores, ascending. */
  static double[] sorted(double[] scores) {
    if (scores.length == 0) {
      throw new IllegalArgumentException("An AUC needs at least one score on either side");
    }
    double[] sorted = scores.clone();
    Arrays.sort(sorted); // NaN goes last
    if (Double.isNaN(sorted[sorted.length - 1])) {
      throw new IllegalArgumentException("An AUC cannot rank NaN among the scores");
    }
    return sorted;
  }
}
