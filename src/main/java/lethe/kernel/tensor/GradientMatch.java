package lethe.kernel.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * How differently synthetic and real images would move the parameters of a network.
 *
 * <p>For each parameter of two or more dimensions, as a matrix of one row an output: Σ_rows 1 − ⟨a,
 * b⟩ / (|a| |b| + 10⁻⁶), a and b the gradients on real and on synthetic images; their sum over the
 * parameters. Biases and norms are left out.
 *
 * <p>Source: Zhao, Mopuri and Bilen (2021), "Dataset condensation with gradient matching"; {@code
 * dc_utils.py} lines 218-246 of the authors' code. Departures: none.
 */
public final class GradientMatch {
  private static final double EPSILON = 1e-6;
  private static final int[] WITHIN_ROW = {1};

  private GradientMatch() {}

  /**
   * The loss of one class.
   *
   * @param real gradients on real images, one array a parameter
   * @param synthetic those on synthetic images, of the same shapes, with their graph
   * @return a number, 0 or more, with its gradient
   * @throws IllegalArgumentException where no parameter has two dimensions
   */
  public static NDArray loss(NDList real, NDList synthetic) {
    NDArray sum = null;
    for (int i = 0; i < real.size(); i++) {
      if (real.get(i).getShape().dimension() > 1) {
        NDArray layer = ofLayer(real.get(i), synthetic.get(i));
        sum = sum == null ? layer : sum.add(layer);
      }
    }
    if (sum == null) {
      throw new IllegalArgumentException("There is no parameter of two dimensions to match.");
    }
    return sum;
  }

  /** The distance of one parameter: [out, ...] twice, to a number. */
  public static NDArray ofLayer(NDArray real, NDArray synthetic) {
    NDArray a = rows(real); // [out, rest]
    NDArray b = rows(synthetic); // [out, rest]
    NDArray dot = a.mul(b).sum(WITHIN_ROW); // [out]
    NDArray lengths = a.norm(WITHIN_ROW, false).mul(b.norm(WITHIN_ROW, false)).add(EPSILON);
    return dot.div(lengths).neg().add(1).sum();
  }

  private static NDArray rows(NDArray gradient) {
    return gradient.reshape(gradient.size(0), -1);
  }
}
