package lethe.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Iterator;

/** A network's parameters in the order of its layers, handed out one after the other. */
final class Layers {
  private final Norm norm;
  private final Iterator<NDArray> trained;
  private final Iterator<NDArray> running;

  /**
   * @param parameters in the network's order
   * @param trained how many of them are
   */
  Layers(Norm norm, NDList parameters, int trained) {
    this.norm = norm;
    this.trained = parameters.subList(0, trained).iterator();
    this.running = parameters.subList(trained, parameters.size()).iterator();
  }

  NDArray next() {
    return trained.next();
  }

  NDArray norm(NDArray x, Kernels kernels) {
    return switch (norm) {
      case INSTANCE -> kernels.norm(x, next(), next());
      case BATCH -> kernels.batchNorm(x, next(), next(), running.next(), running.next());
    };
  }

  NDArray normRelu(NDArray x, Kernels kernels) {
    return switch (norm) {
      case INSTANCE -> kernels.normRelu(x, next(), next());
      case BATCH -> kernels.relu(norm(x, kernels));
    };
  }
}
