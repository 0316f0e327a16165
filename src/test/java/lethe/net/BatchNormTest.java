package lethe.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import lethe.data.DataException;
import lethe.kernel.array.Draws;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchNormTest {
  private static final StepSeeds SEEDS = StepSeeds.semantic("small", 1, "batch-norm");
  private static final int[] POOL = IntStream.range(0, 40).toArray();

  private final Network network = new ConvNet(Norm.BATCH, 4, 2, 4);
  private final EngineSession session = EngineSession.open(new EngineSettings("cpu", 2));
  private final NDManager scope = session.scope();
  private final ImageTable table = ImageTable.of(session, SmallImages.dataset(40, 20, 4));
  private final Weights start = Weights.initial(network, new Draws(3));

  @AfterEach
  void close() {
    table.close();
    scope.close();
    session.close();
  }

  private NDArray numbers(double... values) {
    return scope.create(values);
  }

  /** 1, 2, 3, 6: mean 3, variance 3.5, unbiased 14/3; gamma 2, beta 1. */
  @Test
  void a_training_step_takes_the_batch_and_moves_the_running_statistics_a_tenth() {
    NDArray x = scope.create(new double[] {1, 2, 3, 6}, new Shape(2, 1, 1, 2));
    NDArray mean = numbers(0);
    NDArray variance = numbers(1);
    Kernels kernels = session.kernels(scope);
    double[] y =
        kernels.inTraining().batchNorm(x, numbers(2), numbers(1), mean, variance).toDoubleArray();
    double sd = Math.sqrt(3.5 + 1e-5);
    assertArrayEquals(new double[] {1 - 4 / sd, 1 - 2 / sd, 1, 1 + 6 / sd}, y, 1e-12);
    assertEquals(0.3, mean.getDouble(), 1e-12);
    assertEquals(0.9 + 0.1 * 14 / 3, variance.getDouble(), 1e-12);
    // inference takes those and leaves them
    double[] later = kernels.batchNorm(x, numbers(2), numbers(1), mean, variance).toDoubleArray();
    assertEquals(1 + 2 * (1 - 0.3) / Math.sqrt(0.9 + 1.4 / 3 + 1e-5), later[0], 1e-12);
    assertEquals(0.3, mean.getDouble(), 1e-12);
  }

  /** Σ c · BN(x) by the engine and by differences. */
  @Test
  void its_gradient_agrees_with_differences() {
    double[] values = {0.3, -1.2, 2.5, 0.7, -0.4, 1.1, 0.2, -2.0};
    double[] weights = {1, -2, 0.5, 3, 0.25, -1, 2, 1};
    Kernels kernels = session.kernels(scope).inTraining();
    NDArray leaf = kernels.leaf(scope.create(values, new Shape(4, 1, 1, 2)));
    NDArray sum = session.recording(() -> weighted(leaf, weights, kernels));
    double[] gradient = kernels.gradients(sum, new NDList(leaf)).get(0).toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      double[] more = values.clone();
      double[] less = values.clone();
      more[i] += 1e-5;
      less[i] -= 1e-5;
      double up = weighted(scope.create(more, new Shape(4, 1, 1, 2)), weights, kernels).getDouble();
      double down =
          weighted(scope.create(less, new Shape(4, 1, 1, 2)), weights, kernels).getDouble();
      assertEquals((up - down) / 2e-5, gradient[i], 1e-7);
    }
  }

  private NDArray weighted(NDArray x, double[] weights, Kernels kernels) {
    NDArray y = kernels.batchNorm(x, numbers(1.5), numbers(0.5), numbers(0), numbers(1));
    return y.flatten().mul(scope.create(weights)).sum();
  }

  private Weights trained(double rate, int epochs) {
    List<Pass> passes = List.of(Pass.over(Role.RETAIN, POOL, Objective.crossEntropy(Role.RETAIN)));
    Training training = new Training(epochs, 10, e -> passes, new Sgd(0.9, 0.1), e -> rate, SEEDS);
    return new TrainLoop(session, network, table, 0).run(start, training, Signals.NONE);
  }

  @Test
  void no_optimiser_moves_running_statistics_and_no_step_leaves_them() {
    Weights still = trained(0, 1);
    for (int i = 0; i < network.trained(); i++) {
      assertArrayEquals(start.values(i), still.values(i));
    }
    for (int i = network.trained(); i < network.parameters().size(); i++) {
      assertNotEquals(start.values(i)[0], still.values(i)[0], network.parameters().get(i).name());
    }
  }

  @Test
  void training_lowers_the_loss_in_inference_too() {
    double before = accuracy(start);
    double after = accuracy(trained(0.05, 12));
    assertTrue(after > before + 0.2, before + " to " + after);
  }

  private double accuracy(Weights weights) {
    float[] logits = new Inference(session, network, table, Signals.NONE).logits(weights, POOL);
    long right =
        IntStream.of(POOL)
            .filter(
                i ->
                    IntStream.range(0, 4)
                        .allMatch(c -> logits[4 * i + table.label(i)] >= logits[4 * i + c]))
            .count();
    return right / 40.0;
  }

  @Test
  void the_file_of_weights_holds_the_running_statistics(@TempDir Path folder) throws IOException {
    Weights weights = trained(0.05, 1);
    weights.write(folder.resolve("w.safetensors"));
    assertEquals(weights.digest(), Weights.read(folder.resolve("w.safetensors"), network).digest());
  }

  @Test
  void running_statistics_are_no_parameters() {
    assertEquals(320_010, new ConvNet(Norm.BATCH, 128, 3, 10).parameterCount());
    assertEquals(11_173_962, ResNet.eighteen(Norm.BATCH, 10).parameterCount());
    assertEquals(23_520_842, ResNet.fifty(Norm.BATCH, 10).parameterCount());
  }

  @Test
  void a_batch_cannot_be_split() {
    DataException refusal =
        assertThrows(DataException.class, () -> new TrainLoop(session, network, table, 8));
    assertEquals(
        "micro-batch is 8, but batch norm looks at a batch as a whole; with it, micro-batch must"
            + " be 0.",
        refusal.getMessage());
  }
}
