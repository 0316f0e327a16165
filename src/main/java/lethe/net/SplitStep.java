package lethe.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * A step too large for the device at once, done in micro-batches with the same gradient in real
 * arithmetic, whatever function of the logits the objective is:
 *
 * <ol>
 *   <li>logits z of all images, micro-batch by micro-batch, without a graph;
 *   <li>∂loss/∂z, and the loss's own ∂/∂θ where it has a penalty on the parameters;
 *   <li>each micro-batch again, with a graph, adding Σ ∂loss/∂z · ∂z/∂θ.
 * </ol>
 */
final class SplitStep implements StepView {
  private final StepInputs inputs;
  private final int microBatch;
  private final Signals signals;
  private final NDList leaves;
  private final Map<Role, NDArray> values = new EnumMap<>(Role.class);
  private final Map<Role, NDArray> logits = new EnumMap<>(Role.class); // leaves over the values

  SplitStep(StepInputs inputs, int microBatch, Signals signals) {
    this.inputs = inputs;
    this.microBatch = microBatch;
    this.signals = signals;
    this.leaves = inputs.kernels().leaves(inputs.parameters());
  }

  /** Loss and gradients of {@code objective}. */
  StepResult result(Objective objective) {
    NDArray loss = inputs.session().recording(() -> objective.loss(this));
    NDList wrt = new NDList(leaves);
    wrt.addAll(logits.values());
    NDList found = inputs.kernels().gradients(loss, wrt);
    NDList sums = new NDList(found.subList(0, leaves.size()));
    int next = leaves.size();
    for (Role role : logits.keySet()) { // in the order of roles, as in logits.values()
      addGradients(role, found.get(next++), sums);
    }
    return new StepResult(loss, sums);
  }

  private void addGradients(Role role, NDArray cotangent, NDList sums) {
    int[] all = inputs.indices(role);
    for (int from = 0; from < all.length; from += microBatch) {
      signals.checkInsideStep();
      int to = Math.min(from + microBatch, all.length);
      int[] some = Arrays.copyOfRange(all, from, to);
      try (NDManager inner = inputs.kernels().scope().newSubManager()) {
        Kernels kernels = inputs.kernels().in(inner);
        NDArray z = inputs.session().recording(() -> inputs.forward(leaves, some, kernels));
        NDArray share =
            cotangent.get(inner, new NDIndex("{}:{}", from, to)); // [to - from, classes]
        kernels.accumulate(sums, kernels.pullback(z, share, leaves));
      }
    }
  }

  private NDArray values(Role role) {
    return values.computeIfAbsent(
        role, r -> inputs.session().notRecording(() -> inMicroBatches(inputs.indices(r))));
  }

  private NDArray inMicroBatches(int[] all) {
    NDList parts = new NDList();
    for (int from = 0; from < all.length; from += microBatch) {
      signals.checkInsideStep();
      int[] some = Arrays.copyOfRange(all, from, Math.min(from + microBatch, all.length));
      parts.add(inputs.forward(inputs.parameters(), some));
    }
    return NDArrays.concat(parts, 0); // [b, classes]
  }

  @Override
  public NDArray logits(Role role) {
    return logits.computeIfAbsent(role, r -> inputs.kernels().leaf(values(r)));
  }

  @Override
  public NDArray detachedLogits(Role role) {
    return values(role);
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
    return leaves;
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
