package lethe.kernel.tensor;

import ai.djl.ndarray.NDArray;

/**
 * A tensor times a number, in a formula that is differentiated.
 *
 * <p>y = c x, ∂y/∂x = c. The same numbers as the engine binding's own {@code mul(Number)} and
 * {@code div(Number)}, which free the memory of c as soon as y is there, while the graph still
 * points to it: a garbage collection before the backward pass then leaves anything in its place,
 * mostly 0 or no number at all. Here c lives as long as the scope of x.
 *
 * <p>Departures: none. Adding a number is safe: its gradient does not need it.
 */
public final class Scaled {
  private Scaled() {}

  /** c x, of the shape of {@code x}. */
  public static NDArray by(NDArray x, Number factor) {
    return x.mul(x.getManager().create(factor));
  }

  /** x / c, of the shape of {@code x}. */
  public static NDArray down(NDArray x, Number divisor) {
    return x.div(x.getManager().create(divisor));
  }
}
