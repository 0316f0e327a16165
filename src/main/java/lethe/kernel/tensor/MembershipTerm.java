package lethe.kernel.tensor;

import ai.djl.ndarray.NDArray;

/**
 * The forget regulariser Γ of accelerated unlearning: how far the losses of forgotten images are
 * from those of unseen images, both brought to a normal scale.
 *
 * <p>Γ(T, F) = MMD²(z(T), z(F)), z(S) = Φ⁻¹(softCdf(log(1 + CE(S) + 10⁻⁸))), each sample ranked
 * within itself.
 *
 * <p>Source: section 3.3 of the paper; {@code accelerated_cf.py} lines 99-178. <b>Departures</b>: T
 * carries no gradient, as in the code; {@link SoftCdf.Form} chooses code or paper. As each sample
 * is ranked within itself, a constant added to the log-losses of F leaves Γ as it is: it compares
 * the spread of the two samples, not their level.
 *
 * @param temperature k of {@link SoftCdf}; the authors use 2
 * @param bound of {@link Probit}; the authors use 60
 * @param form code or paper
 */
public record MembershipTerm(double temperature, double bound, SoftCdf.Form form) {
  private static final double FLOOR = 1e-8; // the authors' guard of the logarithm

  /** The authors' temperature and bound, in the form of their code. */
  public static final MembershipTerm PUBLISHED = new MembershipTerm(2, 60, SoftCdf.Form.CODE);

  public MembershipTerm {
    if (!(temperature > 0) || !(bound > 0)) {
      throw new IllegalArgumentException(
          "Temperature and bound must be above 0, not " + temperature + " and " + bound);
    }
  }

  /**
   * Γ.
   *
   * @param unseen cross-entropies of T, [m], m at least 1; taken as constants
   * @param forget cross-entropies of F, [n], n at least 1
   * @return a scalar, differentiable in {@code forget}
   */
  public NDArray of(NDArray unseen, NDArray forget) {
    return GaussianMmd.of(scores(unseen.stopGradient()), scores(forget));
  }

  /** z: normal scores of cross-entropies, [n] to [n]. */
  public NDArray scores(NDArray crossEntropies) {
    return Probit.of(SoftCdf.of(logLosses(crossEntropies), temperature, form), bound);
  }

  /** x = log(1 + CE + 10⁻⁸), [n] to [n]. */
  public static NDArray logLosses(NDArray crossEntropies) {
    return crossEntropies.add(1 + FLOOR).log();
  }
}
