package lethe.unlearn;

import java.util.List;

/** A method that says its loss phase by phase, so that {@link Accelerated} can change it. */
interface Accelerable extends Method {
  /** The phases of one epoch, in order. */
  List<Phase> phases(Task task, int epoch);
}
