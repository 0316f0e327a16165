package lethe.condense;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lethe.kernel.array.Draws;
import lethe.kernel.tensor.DistributionMatch;
import lethe.kernel.tensor.GradientMatch;
import lethe.net.ConvNet;
import lethe.net.Embedder;
import lethe.net.EngineSession;
import lethe.net.EngineSettings;
import lethe.net.FilledNetwork;
import lethe.net.Kernels;
import lethe.net.Network;
import lethe.net.Weights;
import lethe.oracle.Fills;
import lethe.oracle.OracleCase;
import lethe.oracle.OracleCases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The losses of DM, GM and IDM, and their gradients with respect to the synthetic images. */
class MatchingOracleTest {
  private static final int PIXELS = 3 * 32 * 32;
  private static Optional<EngineSession> engine = Optional.empty();

  @BeforeAll
  static void open() {
    engine = Optional.of(EngineSession.open(new EngineSettings("cpu", 2)));
  }

  @AfterAll
  static void close() {
    engine.ifPresent(EngineSession::close);
  }

  @TestFactory
  Stream<DynamicTest> losses_and_gradients_agree_in_float64() {
    return OracleCases.tests(
        "condensation-losses", c -> check(c, DataType.FLOAT64, c.atol(), c.rtol()));
  }

  @TestFactory
  Stream<DynamicTest> losses_and_gradients_agree_in_float32() {
    return OracleCases.tests("condensation-losses", c -> check(c, DataType.FLOAT32, 1e-4, 1e-4));
  }

  private static void check(OracleCase c, DataType type, double atol, double rtol) {
    EngineSession session = engine.orElseThrow();
    try (NDManager scope = session.scope()) {
      Kernels kernels = session.kernels(scope);
      int[][] synthetic = OracleCase.integerRows(c.inputs().path("syntheticImageIds"));
      int[][] real = OracleCase.integerRows(c.inputs().path("realImageIds"));
      int[] classes = OracleCase.integers(c.inputs().path("classes"));
      List<Double> losses = new ArrayList<>();
      List<double[]> gradients = new ArrayList<>();
      for (int i = 0; i < classes.length; i++) {
        NDArray images = FilledNetwork.images(scope, real[i], type);
        NDArray leaf = kernels.leaf(FilledNetwork.images(scope, synthetic[i], type));
        int label = classes[i];
        NDArray loss = session.recording(() -> loss(c, images, leaf, label, type, kernels));
        losses.add(number(loss));
        NDArray gradient = kernels.gradients(loss, new NDList(leaf)).singletonOrThrow();
        gradients.add(gradient.toType(DataType.FLOAT64, false).toDoubleArray());
      }
      double sum = losses.stream().mapToDouble(Double::doubleValue).sum();
      c.assertClose("loss", c.expected().path("loss"), sum, atol, rtol);
      double[] all = gradients.stream().flatMapToDouble(Arrays::stream).toArray();
      assertGradient(c, all, atol, rtol);
      if (type == DataType.FLOAT64
          && c.params().path("loss").asText().equals("gradient-matching")) {
        assertLayers(c, real, synthetic, classes, kernels);
      }
    }
  }

  private static NDArray loss(
      OracleCase c, NDArray real, NDArray synthetic, int label, DataType type, Kernels kernels) {
    NDManager scope = kernels.scope();
    Network network = network(c);
    return switch (c.params().path("loss").asText()) {
      case "distribution-matching" -> {
        NDList weights = filled(scope, network, c.params().path("paramSeed").asInt(), type);
        yield DistributionMatch.loss(
            network.embed(weights, real, kernels), network.embed(weights, synthetic, kernels));
      }
      case "gradient-matching" ->
          GradientMatching.loss(
              network,
              filled(scope, network, c.params().path("paramSeed").asInt(), type),
              real,
              synthetic,
              label,
              kernels);
      case "idm" -> {
        List<ImprovedDistributionMatching.Judge> judges = new ArrayList<>();
        for (int seed : OracleCase.integers(c.params().path("paramSeeds"))) {
          Embedder psi = new Embedder(network, Weights.initial(network, new Draws(0)));
          judges.add(
              new ImprovedDistributionMatching.Judge(psi, filled(scope, network, seed, type)));
        }
        double weight = c.params().path("ceWeight").asDouble();
        yield ImprovedDistributionMatching.loss(judges, real, synthetic, label, weight, kernels);
      }
      default -> throw new AssertionError("No loss for " + c);
    };
  }

  private static void assertLayers(
      OracleCase c, int[][] real, int[][] synthetic, int[] classes, Kernels kernels) {
    NDManager scope = kernels.scope();
    Network network = network(c);
    int[] compared = OracleCase.integers(c.expected().path("comparedParameterIndices"));
    for (int i = 0; i < classes.length; i++) {
      NDList a =
          gradients(
              c,
              network,
              FilledNetwork.images(scope, real[i], DataType.FLOAT64),
              classes[i],
              kernels);
      NDList b =
          gradients(
              c,
              network,
              FilledNetwork.images(scope, synthetic[i], DataType.FLOAT64),
              classes[i],
              kernels);
      double[] layers =
          Arrays.stream(compared)
              .mapToDouble(p -> number(GradientMatch.ofLayer(a.get(p), b.get(p))))
              .toArray();
      c.assertClose(
          "layers", c.expected().path("perClassPerLayer").get(i), layers, c.atol(), c.rtol());
    }
  }

  private static NDList gradients(
      OracleCase c, Network network, NDArray images, int label, Kernels kernels) {
    NDList leaves =
        kernels.leaves(
            filled(
                kernels.scope(), network, c.params().path("paramSeed").asInt(), DataType.FLOAT64));
    NDArray loss =
        engine
            .orElseThrow()
            .recording(() -> GradientMatching.entropy(network, leaves, images, label, kernels));
    return kernels.gradients(loss, leaves);
  }

  private static void assertGradient(OracleCase c, double[] all, double atol, double rtol) {
    JsonNode want = c.expected().path("grad");
    c.assertClose("grad.norm", want.path("norm"), norm(all), atol, rtol);
    int[] probes = OracleCase.integers(want.path("probeIndices"));
    double[] norms = new double[all.length / PIXELS];
    double[][] probed = new double[norms.length][];
    for (int image = 0; image < norms.length; image++) {
      double[] one = Arrays.copyOfRange(all, image * PIXELS, (image + 1) * PIXELS);
      norms[image] = norm(one);
      probed[image] = Arrays.stream(probes).mapToDouble(p -> one[p]).toArray();
    }
    c.assertClose("grad.normPerImage", want.path("normPerImage"), norms, atol, rtol);
    c.assertClose("grad.probes", want.path("probes"), probed, atol, rtol);
    JsonNode direction = c.expected().path("directionalDerivative");
    if (!direction.isMissingNode()) {
      double sum = 0;
      for (int e = 0; e < all.length; e++) {
        sum += all[e] * Fills.noise(e, direction.path("directionNoiseKey").asInt());
      }
      c.assertClose("directional", direction.path("value"), sum, 10 * atol, 10 * rtol);
    }
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(v -> v * v).sum());
  }

  private static Network network(OracleCase c) {
    return new ConvNet(c.params().path("width").asInt(), 3, 10);
  }

  private static NDList filled(NDManager scope, Network network, int seed, DataType type) {
    return FilledNetwork.parameters(scope, network, seed, type);
  }

  private static double number(NDArray scalar) {
    return scalar.toType(DataType.FLOAT64, false).getDouble();
  }
}
