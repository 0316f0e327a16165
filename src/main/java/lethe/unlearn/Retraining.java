package lethe.unlearn;

import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import lethe.net.Training;
import lethe.plan.Card;

/**
 * Retraining: fresh weights, trained without the forget set.
 *
 * <p><b>Idea.</b> What has never been seen needs no forgetting: the result the others are measured
 * against.
 *
 * <p><b>Source.</b> Section 4.1 of the paper; {@code retrain.py} lines 30-63 of the authors' code.
 *
 * <p><b>Equation.</b> min_θ mean CE(R).
 *
 * <p><b>Departures.</b> None from the code: SGD, learning rate by warm-up and cosine, the last
 * epoch's weights. Where condensers are compared and nothing is forgotten, the code keeps the epoch
 * that is best on the test images; so does protocol as-published.
 *
 * <p><b>Cost.</b> A forward and a backward pass over R an epoch, many epochs.
 */
final class Retraining implements Accelerable {
  private static final Card CARD =
      new Card("retraining", "Retraining", "unlearn.retraining", 1, SgdKnobs.ALL, Set.of())
          .departing();

  @Override
  public Card card() {
    return CARD;
  }

  @Override
  public IntFunction<List<Phase>> phases(Task task) {
    return epoch -> List.of(Phase.retained(task));
  }

  @Override
  public Training training(Task task) {
    Training training = SgdKnobs.training(this, task);
    boolean compares = task.settings().asPublished() && task.forget().length == 0;
    return compares ? training.keepingTheBestOn(task.inference().table().testImages()) : training;
  }
}
