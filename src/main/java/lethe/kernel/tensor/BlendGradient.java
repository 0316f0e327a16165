package lethe.kernel.tensor;

import ai.djl.ndarray.NDArray;

/**
 * A weighted mean of the images of each cluster, and how a loss of that mean changes with the
 * weights. Many clusters at once, padded to the largest: m clusters of up to n images of p values;
 * padding has weight 0.
 *
 * <p>I(ωᵢ) = Σⱼ ωᵢⱼ Iᵢⱼ / Sᵢ, Sᵢ = Σⱼ ωᵢⱼ; with gᵢ = ∂lossᵢ/∂I(ωᵢ): ∂lossᵢ/∂ωᵢⱼ = (⟨gᵢ, Iᵢⱼ⟩ − ⟨gᵢ,
 * I(ωᵢ)⟩) / Sᵢ.
 *
 * <p>Source: section 3.2 of the paper; {@code dc_blend_v2.py} lines 14-19. <b>Departures</b>: the
 * gradient in closed form where the authors keep a graph over every image; equal in real
 * arithmetic. Sᵢ must not be near 0; the caller guards it.
 */
public final class BlendGradient {
  private BlendGradient() {}

  /**
   * The weighted means.
   *
   * @param images [m, n, p]
   * @param weights ω, [m, n]; 0 where padded
   * @param sums S, [m, 1]
   * @return [m, p]
   */
  public static NDArray blend(NDArray images, NDArray weights, NDArray sums) {
    NDArray shares = weights.div(sums).expandDims(1); // [m, 1, n]
    return shares.batchMatMul(images).squeeze(1); // [m, p]
  }

  /**
   * The gradient of the weights.
   *
   * @param gradients g, [m, p]
   * @param images [m, n, p]
   * @param blended I(ω), [m, p]
   * @param sums S, [m, 1]
   * @return [m, n]; what stands at padding means nothing, multiply it by 0
   */
  public static NDArray ofWeights(
      NDArray gradients, NDArray images, NDArray blended, NDArray sums) {
    NDArray each = images.batchMatMul(gradients.expandDims(2)).squeeze(2); // [m, n]
    NDArray mean = gradients.mul(blended).sum(new int[] {1}, true); // [m, 1]
    return each.sub(mean).div(sums); // [m, n]
  }
}
