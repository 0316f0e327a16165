package lethe.kernel.tensor;

import ai.djl.ndarray.NDArray;

/**
 * The probit: from a probability to the standard normal value that has it.
 *
 * <p>z = Φ⁻¹(Q) = √2 · erf⁻¹(2Q − 1), then cut to [−bound, bound]. Source: section 3.3 of the
 * paper; {@code accelerated_cf.py} lines 113-117 (bound 60). Departures: none. With Q from {@link
 * SoftCdf} over n values |z| stays below Φ⁻¹(1 − 0.5/n), 2.9 at n = 256, so the bound only acts on
 * Q that is 0 or 1, which it turns into ∓bound instead of infinity.
 */
public final class Probit {
  private static final double SQRT_2 = Math.sqrt(2);

  private Probit() {}

  /**
   * The probit of each entry.
   *
   * @param probabilities Q, any shape, in [0, 1]
   * @param bound largest |z|, above 0
   * @return z, same shape
   */
  public static NDArray of(NDArray probabilities, double bound) {
    NDArray z = Scaled.by(Scaled.by(probabilities, 2).sub(1).erfinv(), SQRT_2);
    return z.clip(-bound, bound);
  }
}
