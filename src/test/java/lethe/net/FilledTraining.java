package lethe.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.Map;

/** A training on the images of the golden cases, step by step, in any precision. */
public final class FilledTraining implements AutoCloseable {
  private final EngineSession session;
  private final Network network;
  private final DataType type;
  private final NDManager home;
  private final MaskedParameters parameters;
  private final OptimizerState state;

  /** At its start, with the parameters of {@code paramSeed}. */
  public FilledTraining(
      EngineSession session, Network network, int paramSeed, DataType type, Optimizer optimizer) {
    this.session = session;
    this.network = network;
    this.type = type;
    this.home = session.scope();
    NDList raw = FilledNetwork.parameters(home, network, paramSeed, type);
    this.parameters = new MaskedParameters(network, raw, home);
    this.state = new OptimizerState(optimizer, home, raw);
  }

  /** Starts an epoch: {@code masking} may switch weights off. */
  public void before(int epoch, Masking masking) {
    parameters.before(epoch, masking);
  }

  /** Images of one role: ids of the closed-form fill, and their classes. */
  public record Group(int[] ids, int[] labels) {}

  /** Takes one step; gives the loss before it. */
  public double step(Objective objective, Map<Role, Group> groups, double learningRate) {
    try (NDManager scope = session.scope()) {
      Kernels kernels = session.kernels(scope);
      NDList leaves = kernels.leaves(parameters.effective(scope));
      View view = new View(kernels, leaves, groups);
      NDArray loss = session.recording(() -> objective.loss(view));
      NDList gradients = session.gradients(loss, leaves);
      state.step(kernels, parameters.raw(), parameters.masked(gradients), learningRate);
      return loss.toType(DataType.FLOAT64, true).getDouble();
    }
  }

  /** Sum and L2 norm of each parameter array as the network sees it. */
  public double[][] stats() {
    try (NDManager scope = session.scope()) {
      return stats(parameters.effective(scope));
    }
  }

  /** The same of the numbers behind the masks. */
  public double[][] rawStats() {
    return stats(parameters.raw());
  }

  private static double[][] stats(NDList arrays) {
    return arrays.stream()
        .map(p -> p.toType(DataType.FLOAT64, true).toDoubleArray())
        .map(
            values ->
                new double[] {
                  Arrays.stream(values).sum(),
                  Math.sqrt(Arrays.stream(values).map(v -> v * v).sum())
                })
        .toArray(double[][]::new);
  }

  @Override
  public void close() {
    home.close();
  }

  /** A step whose images are not in a table. */
  private final class View implements StepView {
    private final Kernels kernels;
    private final NDList leaves;
    private final Map<Role, Group> groups;

    View(Kernels kernels, NDList leaves, Map<Role, Group> groups) {
      this.kernels = kernels;
      this.leaves = leaves;
      this.groups = groups;
    }

    @Override
    public NDArray logits(Role role) {
      NDArray images = FilledNetwork.images(kernels.scope(), indices(role), type);
      return session.recording(() -> network.logits(leaves, images, kernels));
    }

    @Override
    public NDArray detachedLogits(Role role) {
      return logits(role).stopGradient();
    }

    @Override
    public NDArray labels(Role role) {
      return kernels.scope().create(group(role).labels());
    }

    @Override
    public int[] indices(Role role) {
      return group(role).ids();
    }

    @Override
    public NDList parameters() {
      return leaves;
    }

    @Override
    public Kernels kernels() {
      return kernels;
    }

    @Override
    public int epoch() {
      return 0;
    }

    private Group group(Role role) {
      Group group = groups.get(role);
      if (group == null) {
        throw new IllegalArgumentException("The case has no images of " + role);
      }
      return group;
    }
  }
}
