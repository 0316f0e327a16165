package lethe.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Map;

/**
 * What a step starts from.
 *
 * @param kernels with the step's scope
 * @param parameters as they are before the step
 * @param images image numbers by role
 * @param epoch 0-based
 * @param training whether the parameters move after it: what batch norm tells from inference
 */
record StepInputs(
    EngineSession session,
    Network network,
    ImageTable table,
    Kernels kernels,
    NDList parameters,
    Map<Role, int[]> images,
    int epoch,
    boolean training) {

  /** All images of the step together. */
  int size() {
    return images.values().stream().mapToInt(numbers -> numbers.length).sum();
  }

  int[] indices(Role role) {
    int[] numbers = images.get(role);
    if (numbers == null) {
      throw new IllegalArgumentException(
          "This step has images of " + images.keySet() + " but not of " + role + ".");
    }
    return numbers;
  }

  /** Those of {@code arrays}, given in the network's order, that are trained. */
  NDList trained(NDList arrays) {
    return new NDList(arrays.subList(0, network.trained()));
  }

  NDArray labels(Role role) {
    return table.labels(kernels.scope(), indices(role));
  }

  /** Class scores of the images numbered {@code indices}: [b, classes]. */
  NDArray forward(NDList arrays, int[] indices) {
    return forward(arrays, indices, kernels);
  }

  NDArray forward(NDList arrays, int[] indices, Kernels where) {
    Kernels kernels = training ? where.inTraining() : where;
    return kernels.keepingResult(k -> network.logits(arrays, table.batch(k, indices), k));
  }
}
