package lethe.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import lethe.data.Dataset;
import lethe.kernel.array.Draws;
import lethe.plan.Settings;
import lethe.plan.Spec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrecisionTest {
  private static final double ROUNDING = 0x1.0p-8; // of bfloat16
  private static final int[] ALL = IntStream.range(0, 40).toArray();

  private final Dataset dataset = SmallImages.dataset(40, 20, 4);
  private final EngineSession session = EngineSession.open(new EngineSettings("cpu", 2));
  private final ImageTable table = ImageTable.of(session, dataset);

  @AfterEach
  void close() {
    table.close();
    session.close();
  }

  private static Network network(String id, String precision) {
    Map<String, String> settings = new TreeMap<>(Map.of("precision", precision));
    if (id.startsWith("convnet")) {
      settings.putAll(Map.of("width", "8", "depth", "2"));
    }
    return Networks.of(new Spec(id, Settings.of(settings), new TreeMap<>()), 4);
  }

  private static Weights start(Network network) {
    return Weights.initial(network, new Draws(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"convnet", "convnet-bn", "resnet-18"})
  void logits_are_those_of_fp32_but_for_rounding(String id) {
    float[] single = logits(network(id, "fp32"));
    float[] rounded = logits(network(id, "bf16"));
    double scale = norm(single);
    double apart = distance(single, rounded);
    assertTrue(apart < 8 * ROUNDING * scale, apart + " of " + scale);
    assertTrue(apart > 0, "nothing was rounded");
  }

  private float[] logits(Network network) {
    return new Inference(session, network, table, Signals.NONE).logits(start(network), ALL);
  }

  /** PyTorch's autocast has a cosine of 0.9997 for the first and 0.97 for the last, on noise. */
  @ParameterizedTest
  @CsvSource({"convnet, 0.99", "convnet-bn, 0.99", "resnet-18, 0.93"})
  void gradients_point_where_those_of_fp32_do_and_are_fp32(String id, double least) {
    List<float[]> single = gradients(network(id, "fp32"));
    List<float[]> rounded = gradients(network(id, "bf16"));
    double inner = 0;
    double a = 0;
    double b = 0;
    for (int i = 0; i < single.size(); i++) {
      for (int j = 0; j < single.get(i).length; j++) {
        inner += (double) single.get(i)[j] * rounded.get(i)[j];
        a += (double) single.get(i)[j] * single.get(i)[j];
        b += (double) rounded.get(i)[j] * rounded.get(i)[j];
      }
    }
    double cosine = inner / Math.sqrt(a * b);
    assertTrue(cosine > least, "cosine " + cosine);
    assertEquals(1, Math.sqrt(b / a), 0.05);
  }

  private List<float[]> gradients(Network network) {
    try (NDManager scope = session.scope()) {
      StepInputs inputs =
          new StepInputs(
              session,
              network,
              table,
              session.kernels(scope),
              start(network).toDevice(scope),
              Map.of(Role.RETAIN, ALL),
              0,
              true);
      StepResult result = new WholeStep(inputs).result(Objective.crossEntropy(Role.RETAIN));
      assertEquals(DataType.FLOAT32, result.loss().getDataType());
      List<float[]> gradients = new ArrayList<>();
      for (NDArray gradient : result.gradients()) {
        assertEquals(DataType.FLOAT32, gradient.getDataType());
        gradients.add(gradient.toFloatArray());
      }
      return gradients;
    }
  }

  @Test
  void a_training_in_bf16_learns_and_keeps_updates_that_bf16_would_lose() {
    Network network = network("convnet", "bf16");
    List<Double> losses = new ArrayList<>();
    train(network, 0.02, losses);
    assertTrue(losses.get(losses.size() - 1) < 0.7 * losses.get(0), losses.toString());

    Weights before = start(network);
    Weights after = train(network, 1e-6, new ArrayList<>());
    int last = before.specs().size() - 2; // weights of the last layer
    assertNotEquals(0, distance(before.values(last), after.values(last)));
    assertTrue(
        distance(before.values(last), after.values(last))
            < ROUNDING / 16 * norm(before.values(last)),
        "the step is not small enough to show it");
  }

  private Weights train(Network network, double rate, List<Double> losses) {
    Pass pass = Pass.over(Role.RETAIN, ALL, Objective.crossEntropy(Role.RETAIN));
    Training training =
        new Training(
            3,
            12,
            e -> List.of(pass),
            new Sgd(0.9, 0),
            e -> rate,
            StepSeeds.semantic("small", 1, "test"));
    Signals collecting =
        new Signals() {
          @Override
          public boolean stopRequested() {
            return false;
          }

          @Override
          public void progress(long done, long total, double loss) {
            losses.add(loss);
          }
        };
    return new TrainLoop(session, network, table, 0).run(start(network), training, collecting);
  }

  @Test
  void an_embedder_in_bf16_gives_fp32_and_lets_a_gradient_pass_to_the_pixels() {
    Embedder embedder = Embedder.random(8, 2, new Draws(3)).in(Precision.BF16);
    try (NDManager scope = session.scope()) {
      Kernels kernels = session.kernels(scope);
      NDArray leaf = kernels.leaf(table.batch(kernels, new int[] {0, 1}));
      NDList weights = embedder.weights().toDevice(scope);
      NDArray features = session.recording(() -> embedder.network().embed(weights, leaf, kernels));
      assertEquals(DataType.FLOAT32, features.getDataType());
      NDArray loss = session.recording(() -> features.square().mean());
      NDArray gradient = session.gradients(loss, new NDList(leaf)).singletonOrThrow();
      assertEquals(DataType.FLOAT32, gradient.getDataType());
      assertNotEquals(0f, gradient.abs().sum().getFloat());
    }
  }

  @Test
  void settings_that_say_nothing_mean_fp32() {
    assertEquals(Precision.FP32, Precision.of(Settings.NONE));
    assertEquals(Precision.BF16, Precision.of(Settings.of(Map.of("precision", "bf16"))));
  }

  private static double norm(float[] a) {
    return distance(a, new float[a.length]);
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (double) (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
