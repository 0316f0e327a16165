package lethe.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.EnumMap;
import java.util.Map;

/** A step small enough for one forward pass a role; scores are computed when first asked for. */
final class WholeStep implements StepView {
  private final StepInputs inputs;
  private final NDList leaves;
  private final Map<Role, NDArray> logits = new EnumMap<>(Role.class);
  private final Map<Role, NDArray> detached = new EnumMap<>(Role.class);

  WholeStep(StepInputs inputs) {
    this.inputs = inputs;
    this.leaves = inputs.kernels().leaves(inputs.parameters());
  }

  /** Loss and gradients of {@code objective}. */
  StepResult result(Objective objective) {
    NDArray loss = inputs.session().recording(() -> objective.loss(this));
    return new StepResult(loss, inputs.kernels().gradients(loss, parameters()));
  }

  @Override
  public NDArray logits(Role role) {
    return logits.computeIfAbsent(
        role, r -> inputs.session().recording(() -> inputs.forward(leaves, indices(r))));
  }

  @Override
  public NDArray detachedLogits(Role role) {
    return detached.computeIfAbsent(
        role,
        r -> {
          NDArray graph = logits.get(r);
          return graph != null
              ? graph.stopGradient()
              : inputs.session().notRecording(() -> inputs.forward(leaves, indices(r)));
        });
  }

  @Override
  public NDArray labels(Role role) {
    return inputs.labels(role);
  }

  @Override
  public int[] indices(Role role) {
    return inputs.indices(role);
  }

  @Override
  public NDList parameters() {
    return inputs.trained(leaves);
  }

  @Override
  public Kernels kernels() {
    return inputs.kernels();
  }

  @Override
  public int epoch() {
    return inputs.epoch();
  }
}
