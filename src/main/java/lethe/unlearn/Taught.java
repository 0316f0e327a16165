package lethe.unlearn;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import lethe.kernel.tensor.DistillationKl;
import lethe.net.Role;
import lethe.net.StepView;
import lethe.plan.Knob;
import lethe.plan.StageKind;

/** A method whose loss compares the network with a teacher that does not change. */
interface Taught extends Accelerable {
  Knob KL_TEMPERATURE = Knob.number("kl-temperature", Double.MIN_VALUE, Double.MAX_VALUE);
  Knob KL_WEIGHT = Knob.number("kl-weight", 0, Double.MAX_VALUE);
  Knob MAIN_WEIGHT = Knob.number("main-weight", 0, Double.MAX_VALUE);

  /** Original weights, and what they say of all training images. */
  Set<StageKind> NEEDS = Set.of(StageKind.ORIGINAL, StageKind.LOGITS);

  /** The teacher, asked about every image it will be needed for. */
  Teacher teacher(Task task);

  /** The phases under a given teacher. */
  IntFunction<List<Phase>> phases(Task task, Teacher teacher);

  @Override
  default IntFunction<List<Phase>> phases(Task task) {
    return phases(task, teacher(task));
  }

  /** {@link DistillationKl} of the role's images in this step. */
  static NDArray divergence(StepView step, Role role, Teacher teacher, double temperature) {
    return DistillationKl.of(step.logits(role), teacher.logits(step, role), temperature);
  }
}
