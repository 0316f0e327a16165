package lethe.condense;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import lethe.kernel.tensor.FeatureMatch;
import lethe.net.ConvNet;
import lethe.net.EngineSession;
import lethe.net.EngineSettings;
import lethe.net.FilledNetwork;
import lethe.net.Kernels;
import lethe.net.Network;
import lethe.net.Signals;
import lethe.oracle.OracleCase;
import lethe.oracle.OracleCases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class BlendOracleTest {
  private static final double MINIMUM_WEIGHT_SUM = 0.1;
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
  Stream<DynamicTest> blend_agrees_in_float64() {
    return OracleCases.tests("blend", c -> check(c, DataType.FLOAT64, c.atol(), c.rtol()));
  }

  @TestFactory
  Stream<DynamicTest> blend_agrees_in_float32() {
    // The losses agree within 1e-4 in all cases, and so does the rest while steps are short. A
    // step size near 1 carries a rounding across a ReLU's switch, after which weights differ in
    // the third digit; in float64 the same case agrees to 1e-14.
    return OracleCases.tests(
        "blend",
        c -> {
          boolean longSteps = c.params().get("eta").asDouble() > 0.5;
          check(c, DataType.FLOAT32, longSteps ? 1e-2 : 1e-6, longSteps ? 1e-2 : 1e-4);
        });
  }

  private static void check(OracleCase c, DataType type, double atol, double rtol) {
    Found found = run(c, type);
    if (c.expected().get("behaviour").asText().equals("guarded")) {
      assertTrue(found.refused > 0, c + ": the weight sum near 0 should have been noticed");
      assertTrue(
          Arrays.stream(found.images).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite),
          c + ": every pixel should be finite");
      return;
    }
    assertEquals(0, found.refused, c + ": no step should have been refused");
    JsonNode want = c.expected();
    int m = found.weights.length;
    double[] means = Arrays.stream(found.lossSums).map(sum -> sum / m).toArray();
    double lossRtol = Math.min(rtol, 1e-4);
    c.assertClose("meanLossPerIteration", want.get("meanLossPerIteration"), means, 0, lossRtol);
    c.assertClose(
        "sumLossPerIteration", want.get("sumLossPerIteration"), found.lossSums, 0, lossRtol);
    c.assertClose("finalWeights", want.get("finalWeights"), found.weights, atol, rtol);
    c.assertClose(
        "finalLossPerCluster", want.get("finalLossPerCluster"), found.finalLosses, atol, rtol);
    for (int i = 0; i < m; i++) {
      compareImage(c, want.get("blendedImages").get(i), found.images[i], atol, rtol);
    }
  }

  private static void compareImage(
      OracleCase c, JsonNode want, double[] image, double atol, double rtol) {
    double l2 = Math.sqrt(Arrays.stream(image).map(v -> v * v).sum());
    // a sum over 3,072 pixels collects 3,072 roundings
    c.assertClose("sum", want.get("sum"), Arrays.stream(image).sum(), 3072 * atol, rtol);
    c.assertClose("l2", want.get("l2"), l2, atol, rtol);
    double[] probe = {image[0], image[777], image[1555], image[3071]};
    c.assertClose("probe", want.get("probe"), probe, atol, rtol);
  }

  /** What a run leaves, cluster by cluster. */
  private static final class Found {
    private final double[][] weights;
    private final double[][] images;
    private final double[] finalLosses;
    private final double[] lossSums;
    private long refused;

    Found(int clusters, int iterations) {
      this.weights = new double[clusters][];
      this.images = new double[clusters][];
      this.finalLosses = new double[clusters];
      this.lossSums = new double[iterations];
    }
  }

  private static Found run(OracleCase c, DataType type) {
    int[][] ids = OracleCase.integerRows(c.inputs().get("clusterImageIds"));
    JsonNode start = c.inputs().get("initialWeights");
    BlendOptions options =
        new BlendOptions(
            c.params().get("iterations").asInt(),
            c.params().get("momentum").asDouble(),
            c.params().get("eta").asDouble(),
            MINIMUM_WEIGHT_SUM);
    Network network = new ConvNet(c.params().get("width").asInt(), 3, 10);
    EngineSession session = engine.orElseThrow();
    Found found = new Found(ids.length, options.iterations());
    try (NDManager home = session.scope()) {
      int seed = c.params().get("paramSeed").asInt();
      NDList parameters = FilledNetwork.parameters(home, network, seed, type);
      Blend.Extractor psi = (images, kernels) -> network.embed(parameters, images, kernels);
      found.refused =
          new Blend(5, 40) // several chunks, with padding
              .run(
                  session,
                  ids,
                  start.isNull() ? Optional.empty() : Optional.of(OracleCase.rows(start)),
                  options,
                  (positions, kernels) -> FilledNetwork.images(kernels.scope(), positions, type),
                  psi,
                  Signals.NONE,
                  (chosen, prototypes, weights, losses) -> {
                    for (int i = 0; i < chosen.length; i++) {
                      int cluster = chosen[i];
                      found.images[cluster] = doublesOf(prototypes.get(i));
                      found.weights[cluster] =
                          Arrays.copyOf(doublesOf(weights.get(i)), ids[cluster].length);
                      found.finalLosses[cluster] =
                          loss(session, psi, prototypes.get(i), ids[cluster], type);
                    }
                    for (int step = 0; step < losses.length; step++) {
                      found.lossSums[step] += Arrays.stream(losses[step]).sum();
                    }
                  });
    }
    return found;
  }

  /** The loss of one cluster computed anew, one image at a time. */
  private static double loss(
      EngineSession session, Blend.Extractor psi, NDArray prototype, int[] ids, DataType type) {
    try (NDManager scope = session.scope()) {
      Kernels kernels = session.kernels(scope);
      NDArray picture = prototype.reshape(new Shape(1, 3, 32, 32));
      NDArray features = psi.embed(FilledNetwork.images(scope, ids, type), kernels); // [n, D]
      NDArray target = features.mean(new int[] {0}, true); // [1, D]
      return doublesOf(FeatureMatch.perCluster(psi.embed(picture, kernels), target))[0];
    }
  }

  private static double[] doublesOf(NDArray array) {
    return array.toType(DataType.FLOAT64, true).toDoubleArray();
  }
}
