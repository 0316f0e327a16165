package lethe.unlearn;

import java.util.List;
import java.util.function.IntFunction;
import lethe.net.Masking;

/** A method that says its loss phase by phase, so that {@link Accelerated} can change it. */
interface Accelerable extends Trained {
  /**
   * The phases of each epoch, in order. What all epochs share, such as a teacher's answers, is
   * computed at the call.
   */
  IntFunction<List<Phase>> phases(Task task);

  /** Which weights it switches off on its way. */
  default Masking masking(Task task) {
    return Masking.NONE;
  }
}
