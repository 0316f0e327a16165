package lethe.kernel.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * Cross-entropy of each image: how surprised the network is by the right class.
 *
 * <p>CEᵢ = −log softmax(zᵢ)[yᵢ], natural logarithm, 0 or more. Source: the usual loss; the paper
 * writes ℓ. Departures: none; it is kept one number an image because the forget regulariser needs
 * the whole sample, not its mean.
 */
public final class CrossEntropy {
  private CrossEntropy() {}

  /**
   * The cross-entropy of each row.
   *
   * @param logits [n, classes], any floating type
   * @param labels [n], class ids from 0, any integer type
   * @return [n], same type as {@code logits}, with its gradient
   */
  public static NDArray perImage(NDArray logits, NDArray labels) {
    NDArray chosen = labels.toType(DataType.INT64, false).expandDims(1); // [n, 1]
    return logits.logSoftmax(1).gather(chosen, 1).squeeze(1).neg(); // [n]
  }
}
