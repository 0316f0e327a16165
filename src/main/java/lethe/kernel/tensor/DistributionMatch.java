package lethe.kernel.tensor;

import ai.djl.ndarray.NDArray;

/**
 * How far the mean embedding of synthetic images is from that of real ones.
 *
 * <p>loss = Σ_d (mean ψ_d(real) − mean ψ_d(synthetic))². Source: Zhao and Bilen (2023), "Dataset
 * condensation with distribution matching"; {@code distribution_matching.py} of the authors' code.
 * Departures: none.
 */
public final class DistributionMatch {
  private static final int[] IMAGES = {0};

  private DistributionMatch() {}

  /**
   * The loss of one class.
   *
   * @param real embeddings of real images, [r, D]
   * @param synthetic embeddings of synthetic ones, [s, D]
   * @return a number, 0 or more, with its gradient
   */
  public static NDArray loss(NDArray real, NDArray synthetic) {
    return real.mean(IMAGES).sub(synthetic.mean(IMAGES)).square().sum();
  }
}
