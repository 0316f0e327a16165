package lethe.kernel.tensor;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.function.Function;

/** Gradients of a formula by the engine and by finite differences. */
final class Gradients {
  private Gradients() {}

  /** A vector of the given type. */
  static NDArray vector(NDManager manager, DataType type, double... values) {
    return manager.create(values).toType(type, true);
  }

  /** Values of an array as doubles, whatever its type. */
  static double[] doubles(NDArray array) {
    return array.toType(DataType.FLOAT64, true).toDoubleArray();
  }

  /** d formula / dx by the engine. */
  static double[] exact(NDArray x, Function<NDArray, NDArray> formula) {
    NDArray leaf = x.duplicate();
    leaf.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(formula.apply(leaf));
    }
    return doubles(leaf.getGradient());
  }

  /** d formula / dx by central differences of a float64 formula. */
  static double[] numeric(NDManager manager, double[] x, Function<NDArray, NDArray> formula) {
    double step = 1e-6; // error about step² and 1e-16 / step
    double[] gradient = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double[] up = Arrays.copyOf(x, x.length);
      double[] down = Arrays.copyOf(x, x.length);
      up[i] += step;
      down[i] -= step;
      double rise =
          formula.apply(manager.create(up)).getDouble()
              - formula.apply(manager.create(down)).getDouble();
      gradient[i] = rise / (2 * step);
    }
    return gradient;
  }
}
