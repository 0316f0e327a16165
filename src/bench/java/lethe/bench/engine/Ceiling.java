package lethe.bench.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.Supplier;
import lethe.bench.Figures;
import lethe.net.EngineSession;

/** How much the engine computes at most on this machine. */
final class Ceiling {
  private static final int SIDE = 2048; // of the matrices
  private static final int CHANNELS = 128;
  private static final int PIXELS = 32;

  private Ceiling() {}

  /** Billions of operations a second in a product of two matrices. */
  static double product(EngineSession session, NDManager scope) throws Exception {
    NDArray a = scope.ones(new Shape(SIDE, SIDE));
    return rate(session, 2.0 * SIDE * SIDE * SIDE, () -> a.matMul(a));
  }

  /** The same in a 3x3 convolution of {@link Bed#BATCH} images. */
  static double convolution(EngineSession session, NDManager scope) throws Exception {
    NDArray x = scope.ones(new Shape(Bed.BATCH, CHANNELS, PIXELS, PIXELS));
    NDArray w = scope.ones(new Shape(CHANNELS, CHANNELS, 3, 3));
    double operations = 2.0 * Bed.BATCH * CHANNELS * CHANNELS * 9 * PIXELS * PIXELS;
    return rate(session, operations, () -> session.kernels(scope).convolution(x, w, 1));
  }

  private static double rate(EngineSession session, double operations, Supplier<NDArray> work)
      throws Exception {
    work.get().close();
    session.sync();
    double seconds =
        Figures.seconds(
            () -> {
              work.get().close();
              session.sync();
            });
    return operations / seconds / 1e9;
  }
}
