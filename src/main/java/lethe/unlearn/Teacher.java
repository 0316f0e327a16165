package lethe.unlearn;

import ai.djl.ndarray.NDArray;
import lethe.net.Role;
import lethe.net.StepView;

/** What a student is compared with. */
@FunctionalInterface
interface Teacher {
  /** Class scores of the role's images in this step: [b, classes], constants. */
  NDArray logits(StepView step, Role role);
}
