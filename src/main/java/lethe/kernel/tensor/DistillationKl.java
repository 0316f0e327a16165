package lethe.kernel.tensor;

import ai.djl.ndarray.NDArray;

/**
 * How far a student's softened answers are from a teacher's.
 *
 * <p>KL_T = (T²/n) Σᵢ Σ_c pᵢc (log pᵢc − log qᵢc), p = softmax(teacher/T), q = softmax(student/T).
 * Source: Hinton et al., 2015; {@code scrub.py} and {@code bad_distillation.py} of the authors'
 * code, T = 2. Departures: none. The teacher carries no gradient.
 */
public final class DistillationKl {
  private DistillationKl() {}

  /**
   * The mean divergence of a batch.
   *
   * @param student logits, [n, classes]
   * @param teacher logits, [n, classes]; taken as constants
   * @param temperature T, above 0
   * @return a scalar, 0 or more up to rounding
   */
  public static NDArray of(NDArray student, NDArray teacher, double temperature) {
    NDArray logP = Scaled.down(teacher.stopGradient(), temperature).logSoftmax(1); // [n, classes]
    NDArray logQ = Scaled.down(student, temperature).logSoftmax(1); // [n, classes]
    NDArray perImage = logP.exp().mul(logP.sub(logQ)).sum(new int[] {1}); // [n]
    return Scaled.by(perImage.mean(), temperature * temperature);
  }
}
