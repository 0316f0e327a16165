package lethe.net;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * One array of a network's parameters.
 *
 * @param name as PyTorch's modules name it
 * @param shape its lengths
 * @param fanIn inputs of one output of its layer; 0 for a norm
 */
public record ParameterSpec(String name, List<Integer> shape, int fanIn, Role role) {
  /** What it does in its layer, and so how it starts. */
  public enum Role {
    WEIGHT,
    BIAS,
    GAMMA,
    BETA,
    /** The running mean of a batch norm, which no optimiser moves. */
    MEAN,
    /** The running variance of a batch norm, likewise. */
    VARIANCE;

    /** Whether it has a gradient. */
    boolean isTrained() {
      return this != MEAN && this != VARIANCE;
    }
  }

  public ParameterSpec {
    shape = List.copyOf(shape);
  }

  /** How many numbers it has. */
  public int count() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  Shape toShape() {
    return new Shape(shape.stream().mapToLong(Integer::longValue).toArray());
  }
}
