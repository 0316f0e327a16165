package lethe.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lethe.data.ForgetSplit;
import lethe.data.RetainParts;
import lethe.data.Scores;
import lethe.kernel.array.CrossValidatedAuc;
import lethe.kernel.array.Draws;
import lethe.plan.Card;
import lethe.plan.Knob;
import lethe.plan.Settings;

/**
 * Every metric of a cell from the logits of one pass over all images. A metric without images to
 * take it on is absent; a flag says so where one expects some.
 *
 * <p>Metrics: {@code retain-accuracy}, {@code forget-accuracy}, {@code test-accuracy} (on E) in
 * percent; {@code free-retain-accuracy} and {@code residual-retain-accuracy} on the two parts of R
 * where they are told apart; {@code all-forgotten-accuracy} on what this and earlier rounds forgot,
 * where there are some; {@code mia-published} and {@code mia-rank-auc}, 50 is chance.
 *
 * <p>Flags: {@code swapped-attack} (the swap rule of the published attack was triggered), {@code
 * over-forgotten} (rank AUC clearly below chance: the forget images stand out), {@code collapsed}
 * (all of E predicted as one class), {@code few-for-attack} (fewer than 30 a side), {@code
 * too-few-for-attack} (fewer than folds: no published score), {@code no-retain}, {@code
 * no-evaluation}, {@code no-non-members}, {@code retain-on-prototypes} (the retain accuracy is that
 * on what the method was trained on), {@code diverged} (logits that are not finite: no membership
 * scores).
 */
public final class Scoring {
  /** Settings of the published attack: {@code folds} (5), {@code swap-threshold} (42, percent). */
  public static final Card CARD =
      new Card(
              "evaluate",
              "Evaluation",
              "evaluate",
              1,
              List.of(Knob.integer("folds", 2, 20), Knob.number("swap-threshold", 0, 100)),
              Set.of())
          .departing();

  private static final int FEW = 30; // below, chance alone moves the score by 7 points and more

  private final SortedMap<String, Double> values = new TreeMap<>();
  private final List<String> flags = new ArrayList<>();

  /**
   * What a method was trained on, for a retain accuracy on that.
   *
   * @param rows of the logits
   * @param prototypeLabels of the last rows of the logits
   */
  public record TrainedOn(int[] rows, int[] prototypeLabels) {}

  private Scoring() {}

  /** Every metric, the retain accuracy on R. */
  static Scores score(
      float[] logits,
      int[] trainLabels,
      int[] testLabels,
      ForgetSplit split,
      Optional<RetainParts> parts,
      Settings settings,
      long seed) {
    return score(logits, trainLabels, testLabels, split, parts, Optional.empty(), settings, seed);
  }

  /**
   * Every metric.
   *
   * @param logits of all training images, all test images and perhaps prototypes, row after row.
   *     [(n + m + p) * classes]
   * @param trainLabels [n]
   * @param testLabels [m]
   * @param split positions of F and R among the training images, of E among the test images
   * @param parts of R, where they are told apart
   * @param trainedOn in the place of R for the retain accuracy, as the authors have it for pruning
   * @param settings folds and swap-threshold
   * @param seed of the attack's cut and folds
   */
  public static Scores score(
      float[] logits,
      int[] trainLabels,
      int[] testLabels,
      ForgetSplit split,
      Optional<RetainParts> parts,
      Optional<TrainedOn> trainedOn,
      Settings settings,
      long seed) {
    int[] prototypeLabels = trainedOn.map(TrainedOn::prototypeLabels).orElse(new int[0]);
    int[] labels =
        Stream.of(trainLabels, testLabels, prototypeLabels).flatMapToInt(IntStream::of).toArray();
    Logits all = new Logits(logits, labels, logits.length / Math.max(1, labels.length));
    int[] evaluation = Arrays.stream(split.evaluation()).map(i -> trainLabels.length + i).toArray();
    Scoring scoring = new Scoring();
    int[] retain = trainedOn.map(TrainedOn::rows).orElse(split.retain());
    scoring.expected("retain-accuracy", all, retain, "no-retain");
    trainedOn.ifPresent(on -> scoring.flags.add("retain-on-prototypes"));
    scoring.accuracy("forget-accuracy", all, split.forget());
    scoring.expected("test-accuracy", all, evaluation, "no-evaluation");
    if (parts.isPresent()) {
      scoring.accuracy("free-retain-accuracy", all, parts.get().freeSet(split.retain()));
      scoring.accuracy("residual-retain-accuracy", all, parts.get().residualSet());
    }
    if (split.earlier().length > 0) {
      scoring.accuracy("all-forgotten-accuracy", all, split.allForgotten());
    }
    scoring.shape(all, split.forget(), evaluation);
    scoring.membership(all, split.forget(), evaluation, settings, seed);
    return new Scores(scoring.values, scoring.flags.stream().sorted().toList());
  }

  private void expected(String metric, Logits logits, int[] rows, String missing) {
    accuracy(metric, logits, rows);
    if (rows.length == 0) {
      flags.add(missing);
    }
  }

  private void accuracy(String metric, Logits logits, int[] rows) {
    if (rows.length > 0) {
      values.put(metric, Accuracy.percent(logits, rows));
    }
  }

  private void shape(Logits logits, int[] forget, int[] evaluation) {
    long predicted = Arrays.stream(evaluation).map(logits::predicted).distinct().count();
    long present = Arrays.stream(evaluation).map(logits::label).distinct().count();
    if (predicted == 1 && present > 1) {
      flags.add("collapsed");
    }
    if (IntStream.concat(Arrays.stream(forget), Arrays.stream(evaluation))
        .anyMatch(row -> logits.predicted(row) == Logits.NONE)) {
      flags.add("diverged");
    }
  }

  private void membership(
      Logits logits, int[] forget, int[] evaluation, Settings settings, long seed) {
    if (forget.length == 0 || flags.contains("diverged")) {
      return;
    }
    Membership membership = Membership.of(logits, forget, evaluation);
    if (membership.size() == 0) {
      flags.add("no-non-members");
      return;
    }
    values.put("mia-rank-auc", membership.rankAuc());
    if (membership.overForgotten()) {
      flags.add("over-forgotten");
    }
    int folds = settings.integer("folds");
    if (membership.size() < folds) {
      flags.add("too-few-for-attack");
      return;
    }
    if (membership.size() < FEW) {
      flags.add("few-for-attack");
    }
    double threshold = settings.number("swap-threshold");
    Draws draws = new Draws(seed);
    CrossValidatedAuc.Outcome outcome =
        settings.asPublished()
            ? membership.published(
                folds, threshold, Membership.statistics(logits, evaluation), draws)
            : membership.published(folds, threshold, draws);
    values.put("mia-published", outcome.percent());
    if (outcome.swapped()) {
      flags.add("swapped-attack");
    }
  }
}
