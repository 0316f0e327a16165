package lethe.net;

/**
 * Adam (Kingma and Ba, 2015), without weight decay:
 *
 * <pre>
 * m ← β₁ m + (1 - β₁) g    v ← β₂ v + (1 - β₂) g²
 * θ ← θ - lr · m/(1 - β₁ᵗ) / (√(v/(1 - β₂ᵗ)) + ε)</pre>
 */
public record Adam(double beta1, double beta2, double epsilon) implements Optimizer {
  /** The usual constants, which the authors of A-AMU use too. */
  public static final Adam USUAL = new Adam(0.9, 0.999, 1e-8);
}
