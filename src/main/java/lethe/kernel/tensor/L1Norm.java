package lethe.kernel.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * The sum of absolute values, a penalty that draws parameters to 0.
 *
 * <p>‖θ‖₁ = Σᵢ |θᵢ|, over all arrays, in their order; ∂‖θ‖₁/∂θᵢ = sign θᵢ, 0 at 0. Source: {@code
 * sparisification.py} of the authors' code. Departures: none.
 */
public final class L1Norm {
  private L1Norm() {}

  /**
   * The norm of all numbers together.
   *
   * @param arrays one or more of any shape
   * @return a scalar, 0 or more, with its gradient
   */
  public static NDArray of(NDList arrays) {
    return arrays.stream().map(array -> array.abs().sum()).reduce(NDArray::add).orElseThrow();
  }
}
