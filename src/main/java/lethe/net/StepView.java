package lethe.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** What an {@link Objective} sees of one training step: b images of each role and their scores. */
public interface StepView {
  /** Class scores of the role's images, [b, classes], that gradients flow through. */
  NDArray logits(Role role);

  /** The same numbers as constants. Roles used only this way cost no backward pass. */
  NDArray detachedLogits(Role role);

  /** Class ids of the role's images: [b] whole numbers. */
  NDArray labels(Role role);

  /** The numbers of the role's images in the {@link ImageTable}. */
  int[] indices(Role role);

  /** The network's trained parameters, that gradients flow through. */
  NDList parameters();

  /** The kernels, with the step's scope. */
  Kernels kernels();

  /** 0-based. */
  int epoch();
}
