package lethe.kernel.array;

/**
 * Shrinks the weights that matter more for the forget set than for all images.
 *
 * <p>Where f > α g, with importances f for the forget set and g for all images: θ ← min((λ g /
 * f)^γ, b) θ; elsewhere θ stays. Source: Foster, Schoepf and Brintrup (2024), "Fast machine
 * unlearning without retraining through selective synaptic dampening", equations 5 and 6; exponent
 * γ and bound b are those of their code. Departures: none.
 *
 * @param selection α, 0 or more: larger spares more weights
 * @param dampening λ, above 0: smaller shrinks more
 * @param exponent γ, above 0
 * @param bound b, 0 to 1: the least that a chosen weight shrinks
 */
public record SynapticDampening(double selection, double dampening, double exponent, double bound) {
  /**
   * New weights.
   *
   * @param weights θ. [n]
   * @param all g, 0 or more. [n]
   * @param forget f, 0 or more. [n]
   */
  public float[] of(float[] weights, float[] all, float[] forget) {
    float[] dampened = weights.clone();
    for (int i = 0; i < dampened.length; i++) {
      if (forget[i] > selection * all[i]) {
        double share = Math.pow(dampening * all[i] / forget[i], exponent);
        dampened[i] = (float) (dampened[i] * Math.min(share, bound));
      }
    }
    return dampened;
  }
}
