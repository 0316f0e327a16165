package lethe.kernel.tensor;

import ai.djl.ndarray.NDArray;

/**
 * A soft empirical distribution function: where each value stands among its own sample, between 0
 * and 1, smooth enough to have a gradient (the paper's probability integral transform).
 *
 * <p>Qᵢ = (1/n) Σⱼ σ(k dᵢⱼ), dᵢⱼ = relu(xᵢ − xⱼ) in the authors' code, xᵢ − xⱼ in the paper (its
 * step function, softened); j = i counts. Only differences enter: a constant added to all of x
 * changes nothing.
 *
 * <p>Source: section 3.3 of the paper; {@code accelerated_cf.py} lines 99-119 of the authors' code.
 * <b>Departures</b>: the code has a relu that the paper lacks, so its Q lies in [0.5, 1 − 0.5/n]
 * and never below; both forms are here. The derivative of relu at 0 is 0. Memory is n² numbers.
 */
public final class SoftCdf {
  /** Which differences enter. */
  public enum Form {
    /** relu(xᵢ − xⱼ), as the authors' code has it. */
    CODE,
    /** xᵢ − xⱼ, as the paper has it. */
    PAPER
  }

  private SoftCdf() {}

  /**
   * The soft rank of each value.
   *
   * @param values x, [n], n at least 1
   * @param temperature k, above 0; a step function in the limit
   * @param form which differences enter
   * @return Q, [n], in (0, 1)
   */
  public static NDArray of(NDArray values, double temperature, Form form) {
    NDArray above = values.expandDims(1).sub(values.expandDims(0)); // [n, n], row i minus column j
    NDArray difference = form == Form.CODE ? above.getNDArrayInternal().relu() : above; // [n, n]
    NDArray steep = Scaled.by(difference, temperature); // [n, n]
    return steep.getNDArrayInternal().sigmoid().mean(new int[] {1}); // [n]
  }
}
