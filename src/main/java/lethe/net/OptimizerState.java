package lethe.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import lethe.data.Checkpoint;

/** What an optimiser remembers between steps: two arrays a parameter for Adam, one for SGD. */
final class OptimizerState {
  private static final String VELOCITY = "velocity";
  private static final String SQUARES = "squares";
  private static final String STEPS = "optimizer-steps";

  private final Optimizer optimizer;
  private final NDList velocity; // v of SGD, m of Adam
  private final NDList squares; // v of Adam; empty for SGD
  private long steps;

  /** Zeros, in {@code scope}: with them the first step is what both recipes say. */
  OptimizerState(Optimizer optimizer, NDManager scope, NDList parameters) {
    this.optimizer = optimizer;
    this.velocity = zeros(scope, parameters);
    this.squares = optimizer instanceof Adam ? zeros(scope, parameters) : new NDList();
  }

  /** Moves {@code parameters} in place. */
  void step(Kernels kernels, NDList parameters, NDList gradients, double learningRate) {
    steps++;
    if (optimizer instanceof Adam adam) {
      kernels.adam(parameters, gradients, velocity, squares, learningRate, adam, steps);
    } else if (optimizer instanceof Sgd sgd) {
      kernels.sgd(parameters, gradients, velocity, learningRate, sgd.momentum(), sgd.weightDecay());
    }
  }

  /** Adds what it remembers to a checkpoint. */
  void save(DeviceState to) {
    to.with(VELOCITY, velocity).with(SQUARES, squares).with(STEPS, steps);
  }

  /** Remembers what {@link #save} put down. */
  void restore(Checkpoint from) {
    DeviceState.restore(from, VELOCITY, velocity);
    DeviceState.restore(from, SQUARES, squares);
    steps = from.whole(STEPS);
  }

  private static NDList zeros(NDManager scope, NDList parameters) {
    NDList zeros = new NDList();
    for (NDArray parameter : parameters) {
      zeros.add(scope.zeros(parameter.getShape(), parameter.getDataType()));
    }
    return zeros;
  }
}
