package lethe.net;

import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import lethe.kernel.array.WarmupCosine;
import lethe.plan.Card;
import lethe.plan.Knob;
import lethe.plan.Settings;
import lethe.plan.StartWeights;

/**
 * A training from start to end.
 *
 * @param epochs 0 leaves the weights as they are
 * @param batch images of the leading role in one step
 * @param passesOf the passes of an epoch, in order
 * @param optimizer one for all passes
 * @param learningRateOf of an epoch
 * @param seeds of its shuffles and samples
 * @param masking which weights it switches off on its way
 * @param judges images whose accuracy chooses the epoch that is kept, the first of the best; the
 *     last epoch is kept where there are none
 */
public record Training(
    int epochs,
    int batch,
    IntFunction<List<Pass>> passesOf,
    Optimizer optimizer,
    IntToDoubleFunction learningRateOf,
    StepSeeds seeds,
    Masking masking,
    int[] judges) {
  /** The settings of a grid's block {@code train}. */
  public static final Card CARD =
      new Card(
              "train",
              "Training",
              "train",
              1,
              List.of(
                  Knob.integer("epochs", 0, 10_000),
                  Knob.integer("batch", 1, 65_536),
                  Knob.number("learning-rate", Double.MIN_VALUE, 1_000),
                  Knob.number("momentum", 0, Math.nextDown(1.0)),
                  Knob.number("weight-decay", 0, 1),
                  Knob.integer("warmup-epochs", 0, 10_000).notAbove("epochs"),
                  StartWeights.KNOB),
              Set.of())
          .departing();

  /** A training that keeps its last epoch. */
  public Training(
      int epochs,
      int batch,
      IntFunction<List<Pass>> passesOf,
      Optimizer optimizer,
      IntToDoubleFunction learningRateOf,
      StepSeeds seeds,
      Masking masking) {
    this(epochs, batch, passesOf, optimizer, learningRateOf, seeds, masking, new int[0]);
  }

  /** A training with every weight on. */
  public Training(
      int epochs,
      int batch,
      IntFunction<List<Pass>> passesOf,
      Optimizer optimizer,
      IntToDoubleFunction learningRateOf,
      StepSeeds seeds) {
    this(epochs, batch, passesOf, optimizer, learningRateOf, seeds, Masking.NONE);
  }

  /**
   * Training from scratch as {@code train.py} of DC_Unlearning does: SGD on the mean cross-entropy,
   * the learning rate warmed up and then lowered along a cosine.
   *
   * <p>Departure: the last epoch's weights are kept, not those of the best test epoch, which would
   * choose a network by the images it is later judged on; see {@link #keepingTheBestOn}.
   *
   * @param settings of {@link #CARD}
   * @param pool images to train on
   */
  public static Training fromScratch(Settings settings, int[] pool, StepSeeds seeds) {
    int epochs = settings.integer("epochs");
    int warmup = settings.integer("warmup-epochs");
    double rate = settings.number("learning-rate");
    List<Pass> passes = List.of(Pass.over(Role.RETAIN, pool, Objective.crossEntropy(Role.RETAIN)));
    return new Training(
        epochs,
        settings.integer("batch"),
        epoch -> passes,
        new Sgd(settings.number("momentum"), settings.number("weight-decay")),
        epoch -> rate * new WarmupCosine(warmup, epochs).factor(epoch),
        seeds);
  }

  /** The same training, which keeps the epoch with the best accuracy on {@code judges}. */
  public Training keepingTheBestOn(int[] judges) {
    return new Training(epochs, batch, passesOf, optimizer, learningRateOf, seeds, masking, judges);
  }

  /** Steps of all epochs. */
  public long steps() {
    long steps = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (Pass pass : passesOf.apply(epoch)) {
        steps += pass.steps(batch);
      }
    }
    return steps;
  }
}
