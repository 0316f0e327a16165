package lethe.kernel.tensor;

import ai.djl.ndarray.NDArray;

/**
 * Squared maximum mean discrepancy of two samples of numbers under a Gaussian kernel: 0 when they
 * look alike.
 *
 * <p>MMD² = mean K(a, a) + mean K(b, b) − 2 mean K(a, b), K(s, t) = exp(−(s − t)² / 2σ²), σ = 1.
 * Each mean is over all pairs.
 *
 * <p>Source: section 3.3 of the paper; {@code accelerated_cf.py} lines 70-85; Gretton et al., JMLR
 * 2012. <b>Departures</b>: this is the biased estimate, the pairs of a value with itself included
 * (V-statistic), and no root is taken, both as in the authors' code. It is 0 or more up to
 * rounding.
 */
public final class GaussianMmd {
  private GaussianMmd() {}

  /**
   * The squared discrepancy.
   *
   * @param a [n], n at least 1
   * @param b [m], m at least 1
   * @return a scalar
   */
  public static NDArray of(NDArray a, NDArray b) {
    return meanKernel(a, a).add(meanKernel(b, b)).sub(Scaled.by(meanKernel(a, b), 2));
  }

  private static NDArray meanKernel(NDArray a, NDArray b) {
    NDArray distance = a.expandDims(1).sub(b.expandDims(0)); // [n, m]
    return Scaled.by(distance.square(), -0.5).exp().mean(); // -1 / 2σ²
  }
}
