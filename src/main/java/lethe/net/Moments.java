package lethe.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import lethe.data.Checkpoint;
import lethe.kernel.tensor.Scaled;

/**
 * Sums over gradients at weights that stay as they are: how much each weight matters for some
 * images. Σ w · form(∂objective/∂θ) over terms, in single precision, in the order of the terms.
 */
public final class Moments {
  /** What is summed of a gradient, number by number. */
  public enum Form {
    SQUARE(NDArray::square),
    MAGNITUDE(NDArray::abs);

    private final UnaryOperator<NDArray> of;

    Form(UnaryOperator<NDArray> of) {
      this.of = of;
    }
  }

  /**
   * One gradient of the sum.
   *
   * @param images numbers in the image table; {@code objective} sees them as {@link Role#MIXED}
   * @param weight w
   */
  public record Term(int[] images, Objective objective, double weight) {}

  private static final String SUMS = "sums";
  private static final String TERMS = "terms";

  private Moments() {}

  /**
   * @param part what the sum is called in the stage's checkpoints
   * @param loop whose session, network, images and micro-batches it takes
   * @return one array a trained parameter, in the network's order
   */
  public static List<float[]> of(
      String part, TrainLoop loop, Weights weights, List<Term> terms, Form form, Signals signals) {
    EngineSession session = loop.session();
    try (NDManager scope = session.scope()) {
      NDList parameters = weights.toDevice(scope);
      NDList sums =
          new NDList(
              parameters.stream().limit(loop.network().trained()).map(NDArray::zerosLike).toList());
      Optional<Checkpoint> left = signals.checkpoints().left(part);
      left.ifPresent(l -> DeviceState.restore(l, SUMS, sums));
      int count = Math.min(terms.size(), signals.mostSteps());
      for (int t = left.map(l -> l.whole(TERMS)).orElse(0); t < count; t++) {
        int done = t;
        signals.checkpoints().between(part, () -> checkpoint(sums, done));
        signals.check();
        Term term = terms.get(t);
        try (NDManager inner = session.scope()) {
          Kernels kernels = session.kernels(inner);
          StepInputs inputs =
              new StepInputs(
                  session,
                  loop.network(),
                  loop.table(),
                  kernels,
                  parameters,
                  Map.of(Role.MIXED, term.images()),
                  0,
                  false);
          StepResult result = loop.step(inputs, term.objective(), signals);
          NDList more = new NDList();
          result.gradients().forEach(g -> more.add(Scaled.by(form.of.apply(g), term.weight())));
          kernels.accumulate(sums, more);
          double loss = result.loss().toType(DataType.FLOAT64, false).getDouble();
          signals.progress(t + 1L, count, loss);
        }
      }
      signals.checkpoints().over(part, () -> checkpoint(sums, count));
      List<float[]> host = new ArrayList<>();
      sums.forEach(sum -> host.add(sum.toFloatArray()));
      return host;
    }
  }

  private static Checkpoint checkpoint(NDList sums, int terms) {
    return new DeviceState().with(SUMS, sums).with(TERMS, terms).checkpoint();
  }
}
