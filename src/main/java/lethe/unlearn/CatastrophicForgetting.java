package lethe.unlearn;

import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import lethe.net.Training;
import lethe.plan.Card;
import lethe.plan.StageKind;

/**
 * Catastrophic forgetting (CF): the original weights, trained on without the forget set.
 *
 * <p><b>Idea.</b> Networks forget what they are no longer shown.
 *
 * <p><b>Source.</b> Section 4.1 of the paper; {@code unlearn.py} lines 364-379 of the authors'
 * code.
 *
 * <p><b>Equation.</b> min_θ mean CE(R), from the original θ.
 *
 * <p><b>Departures.</b> None from the code: the training of {@link Retraining} with another start,
 * momentum and weight decay.
 *
 * <p><b>Cost.</b> A forward and a backward pass over R an epoch.
 */
final class CatastrophicForgetting implements Accelerable {
  private static final Card CARD =
      new Card("cf", "CF", "unlearn.cf", 1, SgdKnobs.ALL, Set.of(StageKind.ORIGINAL));

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
    return SgdKnobs.training(this, task);
  }
}
