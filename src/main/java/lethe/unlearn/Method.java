package lethe.unlearn;

import lethe.net.Training;
import lethe.plan.Card;
import lethe.plan.StageKind;

/**
 * Makes weights forget. A method is little more than its loss: it says what each step of a training
 * makes smaller, and the train loop does the work.
 */
public interface Method {
  /** Its name, block and settings, and whether it starts from the original weights. */
  Card card();

  /** The training that forgets. */
  Training training(Task task);

  /** Whether it starts from fresh weights instead of the original ones. */
  default boolean startsFresh() {
    return !card().needs().contains(StageKind.ORIGINAL);
  }
}
