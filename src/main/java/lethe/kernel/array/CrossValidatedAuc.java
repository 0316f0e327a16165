package lethe.kernel.array;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/**
 * The membership attack of the published tables: a logistic regression on one score, cross-
 * validated, its held-out probabilities pooled, their AUC in percent. 50 is chance.
 *
 * <p>Members have label 0 and non-members label 1; the model (L2, C = 1, see {@link LogisticFit})
 * is trained on all folds but one and predicts P(label 1) there. A monotone model of one number
 * ranks as the number does, so this is the rank AUC with its sign learnt fold by fold, plus the
 * noise of pooling models that differ; at chance the sign flips between folds and the pooled value
 * falls below 50. {@link Auc} is the plain reading.
 *
 * <p>Swap rule: a value of at most 42 is replaced by the larger of itself and the value with the
 * two groups' roles exchanged; with a threshold of 0 there is none.
 *
 * <p>Source: the authors' {@code lira_mia.py}. Departures: they repeat it 20 times on the same
 * folds, which gives 20 equal numbers; it is done once. Their solver stops early, this one
 * converges (differences of about 0.01 points). Their exchange compares F with test images of all
 * classes, another question where a class is forgotten; here the same two samples exchange roles.
 */
public final class CrossValidatedAuc {
  private static final double C = 1; // weight of the data against the penalty: the authors' default

  private CrossValidatedAuc() {}

  /**
   * What the attack found.
   *
   * @param percent its score
   * @param swapped whether the swap rule was triggered, whichever value won
   */
  public record Outcome(double percent, boolean swapped) {}

  /**
   * The attack with the swap rule.
   *
   * @param members scores of the members. [n]
   * @param nonMembers as many scores of non-members. [n]
   * @param foldOf test fold of each score, members first, then non-members. [2n]
   * @param folds number of folds, from 2
   * @param swapThreshold in percent; 42 in the authors' code
   * @throws IllegalArgumentException when the sizes do not fit or a training fold lacks a group
   */
  public static Outcome attack(
      double[] members, double[] nonMembers, int[] foldOf, int folds, double swapThreshold) {
    return swapRule(
        percent(members, nonMembers, foldOf, folds),
        swapThreshold,
        () -> percent(nonMembers, members, foldOf, folds));
  }

  /**
   * The swap rule.
   *
   * @param first the score, in percent
   * @param threshold in percent; 42 in the authors' code, 0 for no swap whatever the score
   * @param exchanged the score with other roles, asked only where the first is low
   */
  public static Outcome swapRule(double first, double threshold, DoubleSupplier exchanged) {
    return threshold == 0 || first > threshold
        ? new Outcome(first, false)
        : new Outcome(Math.max(first, exchanged.getAsDouble()), true);
  }

  /** The pooled AUC in percent, without the swap rule. */
  public static double percent(double[] members, double[] nonMembers, int[] foldOf, int folds) {
    int n = members.length;
    if (n == 0 || nonMembers.length != n || foldOf.length != 2 * n) {
      throw new IllegalArgumentException(
          "The attack needs equal groups and a fold for each score, not "
              + n
              + " members, "
              + nonMembers.length
              + " others and "
              + foldOf.length
              + " folds");
    }
    double[] scores = new double[2 * n];
    System.arraycopy(members, 0, scores, 0, n);
    System.arraycopy(nonMembers, 0, scores, n, n);
    double[] pooled = heldOut(scores, foldOf, folds);
    double[] ofMembers = Arrays.copyOfRange(pooled, 0, n);
    double[] ofOthers = Arrays.copyOfRange(pooled, n, 2 * n);
    return 100 * Auc.of(ofOthers, ofMembers);
  }

  /**
   * Stratified folds: each group shuffled and dealt out in turn, so fold sizes differ by one at
   * most.
   *
   * @param size of each group, at least {@code folds}
   * @param folds from 2
   * @return test fold of each score, members first. [2 * size]
   */
  public static int[] stratifiedFolds(int size, int folds, Draws draws) {
    if (folds < 2 || size < folds) {
      throw new IllegalArgumentException(
          "Groups of " + size + " cannot be split into " + folds + " folds");
    }
    int[] foldOf = new int[2 * size];
    for (int group = 0; group < 2; group++) {
      int[] order = draws.permutation(size);
      for (int i = 0; i < size; i++) {
        foldOf[group * size + order[i]] = i % folds;
      }
    }
    return foldOf;
  }

  private static double[] heldOut(double[] scores, int[] foldOf, int folds) {
    int n = scores.length / 2;
    boolean[] nonMember = new boolean[scores.length];
    Arrays.fill(nonMember, n, scores.length, true);
    double[] pooled = new double[scores.length];
    for (int fold = 0; fold < folds; fold++) {
      boolean[] training = new boolean[scores.length];
      for (int i = 0; i < scores.length; i++) {
        training[i] = foldOf[i] != fold;
      }
      LogisticFit fit = LogisticFit.of(scores, nonMember, training, C);
      for (int i = 0; i < scores.length; i++) {
        if (!training[i]) {
          pooled[i] = fit.probability(scores[i]);
        }
      }
    }
    return pooled;
  }
}
