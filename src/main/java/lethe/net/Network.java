package lethe.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;

/**
 * A classifier of 32x32 colour images without state: its parameters come with every call, in the
 * order of {@link #parameters()}. In inference no layer mixes images.
 */
public interface Network {
  /** Those that are trained, then those that are not. */
  List<ParameterSpec> parameters();

  /** How many arrays of {@link #parameters()} are trained: all, unless there is a batch norm. */
  default int trained() {
    return (int) parameters().stream().filter(spec -> spec.role().isTrained()).count();
  }

  /** Whether a training step sees images in the light of the others in its batch. */
  default boolean mixesImages() {
    return trained() < parameters().size();
  }

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
    int last = trained() - 1;
    return kernels.linear(features, parameters.get(last - 1), parameters.get(last)); // [n, classes]
  }

  /** Numbers that a training keeps of one image from its forward pass for its backward pass. */
  long keptNumbers();

  /** Numbers of one image in the largest output of a layer. */
  long widestNumbers();

  /** How many numbers the trained parameters have together. */
  default long parameterCount() {
    return parameters().stream().limit(trained()).mapToLong(ParameterSpec::count).sum();
  }
}
