package lethe.net;

import ai.djl.ndarray.NDArray;
import lethe.kernel.tensor.CrossEntropy;

/**
 * What a training step makes smaller: a differentiable function of the step's logits, and of the
 * parameters themselves where it has a penalty on them. It must take images only through logits, so
 * that a step may be split into micro-batches.
 */
@FunctionalInterface
public interface Objective {
  /** The loss, a scalar. Called while the engine records. */
  NDArray loss(StepView step);

  /** Mean cross-entropy of the role's images: plain training. */
  static Objective crossEntropy(Role role) {
    return step -> CrossEntropy.perImage(step.logits(role), step.labels(role)).mean();
  }
}
