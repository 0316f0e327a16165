package lethe.unlearn;

import lethe.net.Signals;
import lethe.net.TrainLoop;
import lethe.net.Weights;
import lethe.plan.Card;
import lethe.plan.StageKind;

/**
 * Makes weights forget. Most methods are a training, of which they say the loss: {@link Trained}.
 */
public interface Method {
  /** Its name, block and settings, and whether it starts from the original weights. */
  Card card();

  /**
   * The weights after forgetting.
   *
   * @param loop trains, and gives gradients
   */
  Weights unlearn(Task task, TrainLoop loop, Signals signals);

  /** Whether it starts from fresh weights instead of the original ones. */
  default boolean startsFresh() {
    return !card().needs().contains(StageKind.ORIGINAL);
  }
}
