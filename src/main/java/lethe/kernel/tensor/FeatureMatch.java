package lethe.kernel.tensor;

import ai.djl.ndarray.NDArray;

/**
 * How far the embedding of each prototype is from the mean embedding of the images it stands for.
 *
 * <p>lossᵢ = (1/D) Σ_d (ψ_d(I(ωᵢ)) − μ_id)². Source: equation of section 3.2 of the paper; {@code
 * dc_losses.py} line 6. <b>Departures</b>: the mean over the D features stands where the paper has
 * the squared norm, D times as large; the authors' learning rates belong to the mean.
 */
public final class FeatureMatch {
  private FeatureMatch() {}

  /**
   * The loss of each prototype.
   *
   * @param embeddings ψ(I(ω)), [m, D]
   * @param targets μ, [m, D]
   * @return [m]
   */
  public static NDArray perCluster(NDArray embeddings, NDArray targets) {
    return embeddings.sub(targets).square().mean(new int[] {1}); // [m]
  }
}
