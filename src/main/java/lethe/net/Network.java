package lethe.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;

/**
 * A classifier of 32x32 colour images without state: its parameters come with every call, in the
 * order of {@link #parameters()}. No layer mixes images, so a batch may be split at will.
 */
public interface Network {
  List<ParameterSpec> parameters();

  /**
   * The features before the last layer.
   *
   * @param images [n, 3, 32, 32] normalised
   * @return [n, {@link #embedDimension()}]
   */
  NDArray embed(NDList parameters, NDArray images, Kernels kernels);

  int embedDimension();

  int classes();

  /** The class scores: the last layer on {@link #embed}; [n, {@link #classes()}]. */
  default NDArray logits(NDList parameters, NDArray images, Kernels kernels) {
    NDArray features = embed(parameters, images, kernels); // [n, embedDimension]
    int last = parameters.size() - 1;
    return kernels.linear(features, parameters.get(last - 1), parameters.get(last)); // [n, classes]
  }

  /** How many numbers the parameters have together. */
  default long parameterCount() {
    return parameters().stream().mapToLong(ParameterSpec::count).sum();
  }
}
