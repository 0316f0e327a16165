package lethe.evaluate;

import java.util.Arrays;
import lethe.kernel.array.Auc;
import lethe.kernel.array.CrossValidatedAuc;
import lethe.kernel.array.Draws;
import lethe.kernel.array.LiraStatistic;

/**
 * Membership inference on the LiRA statistic φ ({@link LiraStatistic}), no shadow models: members
 * are the forget images, non-members the evaluation images of the forgotten classes. 50 is chance
 * and the goal.
 *
 * @param members φ of the members
 * @param nonMembers φ of the non-members
 */
record Membership(double[] members, double[] nonMembers) {
  /** Chance moves the rank AUC below this many standard deviations once in 700 runs. */
  private static final double CLEARLY = 3;

  /**
   * @param forget rows of F
   * @param evaluation rows of E; those of a class that is not in F do not count
   */
  static Membership of(Logits logits, int[] forget, int[] evaluation) {
    boolean[] forgotten = new boolean[logits.classes()];
    for (int row : forget) {
      forgotten[logits.label(row)] = true;
    }
    int[] others = Arrays.stream(evaluation).filter(r -> forgotten[logits.label(r)]).toArray();
    return new Membership(statistics(logits, forget), statistics(logits, others));
  }

  /** Size of the smaller group. */
  int size() {
    return Math.min(members.length, nonMembers.length);
  }

  /** 100 x rank AUC of all scores. */
  double rankAuc() {
    return 100 * Auc.of(members, nonMembers);
  }

  /** Whether forget images look clearly less familiar than images never seen. */
  boolean overForgotten() {
    double chance = Auc.chanceSd(members.length, nonMembers.length);
    return Auc.of(members, nonMembers) < 0.5 - CLEARLY * chance;
  }

  /**
   * The published attack: both groups cut at random to the size of the smaller one, five-fold
   * cross-validated logistic regression, swap rule.
   */
  CrossValidatedAuc.Outcome published(int folds, double swapThreshold, Draws draws) {
    double[] cutMembers = cut(members, draws);
    double[] cutOthers = cut(nonMembers, draws);
    int[] foldOf = CrossValidatedAuc.stratifiedFolds(size(), folds, draws);
    return CrossValidatedAuc.attack(cutMembers, cutOthers, foldOf, folds, swapThreshold);
  }

  /**
   * The same attack with the authors' swap rule: where the score is low, {@code evaluation} and F
   * take the places of F and its non-members, which asks about the classes instead.
   *
   * @param evaluation φ of all of E, whatever the class
   */
  CrossValidatedAuc.Outcome published(
      int folds, double swapThreshold, double[] evaluation, Draws draws) {
    Membership exchanged = new Membership(evaluation, members);
    return CrossValidatedAuc.swapRule(
        percent(folds, draws), swapThreshold, () -> exchanged.percent(folds, draws));
  }

  private double percent(int folds, Draws draws) {
    double[] cutMembers = cut(members, draws);
    double[] cutOthers = cut(nonMembers, draws);
    int[] foldOf = CrossValidatedAuc.stratifiedFolds(size(), folds, draws);
    return CrossValidatedAuc.percent(cutMembers, cutOthers, foldOf, folds);
  }

  private double[] cut(double[] scores, Draws draws) {
    int[] kept = draws.permutation(scores.length);
    return Arrays.stream(kept, 0, size()).mapToDouble(i -> scores[i]).toArray();
  }

  /** φ of {@code rows}. */
  static double[] statistics(Logits logits, int[] rows) {
    return Arrays.stream(rows)
        .mapToDouble(r -> LiraStatistic.of(logits.row(r), logits.label(r)))
        .toArray();
  }
}
