package lethe.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import lethe.kernel.tensor.CrossEntropy;
import lethe.oracle.OracleCase;
import lethe.oracle.OracleCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class NetworksOracleTest {
  private static final double SINGLE_SLACK = 20; // times the deviation of another float32 run

  @TestFactory
  Stream<DynamicTest> networks_agree_in_double_precision() {
    return OracleCases.tests("networks", c -> check(c, DataType.FLOAT64));
  }

  @TestFactory
  Stream<DynamicTest> networks_agree_in_single_precision() {
    return OracleCases.tests("networks", c -> check(c, DataType.FLOAT32));
  }

  private static void check(OracleCase c, DataType type) {
    String arch = c.params().path("arch").asText();
    Network network = network(arch, c.params());
    assertEquals(c.params().path("parameterCount").asLong(), network.parameterCount());
    assertSameParameters(c.inputs().path("parameters"), network.parameters());
    int[] ids = OracleCase.integers(c.inputs().path("imageIds"));
    int[] labels = OracleCase.integers(c.inputs().path("labels"));
    try (EngineSession session = EngineSession.open(new EngineSettings("cpu", 2));
        NDManager scope = session.scope()) {
      Kernels kernels = session.kernels(scope);
      NDList leaves =
          kernels.leaves(
              FilledNetwork.parameters(scope, network, c.params().path("paramSeed").asInt(), type));
      NDArray images = FilledNetwork.images(scope, ids, type);
      NDArray embedding = network.embed(leaves, images, kernels);
      NDArray logits = session.recording(() -> network.logits(leaves, images, kernels));
      NDArray loss =
          session.recording(() -> CrossEntropy.perImage(logits, scope.create(labels)).mean());
      NDList gradients = session.gradients(loss, leaves);
      if (type == DataType.FLOAT64) {
        assertDouble(c, network, embedding, logits, loss, gradients);
      } else {
        assertSingle(c, logits, loss, gradients);
      }
    }
  }

  private static void assertDouble(
      OracleCase c,
      Network network,
      NDArray embedding,
      NDArray logits,
      NDArray loss,
      NDList gradients) {
    assertEquals(c.expected().path("embedDim").asInt(), network.embedDimension());
    c.assertClose("logits", rows(logits));
    c.assertClose("embedSum", embedding.sum(new int[] {1}).toDoubleArray());
    c.assertClose("embedL2", embedding.norm(new int[] {1}, false).toDoubleArray());
    c.assertClose("embedFirst8", rows(embedding.get(":, :8")));
    c.assertClose("ceLoss", loss.getDouble());
    c.assertClose("gradL2", gradients.stream().mapToDouble(g -> g.norm().getDouble()).toArray());
    c.assertClose("gradSum", gradients.stream().mapToDouble(g -> g.sum().getDouble()).toArray());
  }

  private static void assertSingle(OracleCase c, NDArray logits, NDArray loss, NDList gradients) {
    JsonNode bound = c.expected().path("float32");
    double logit = SINGLE_SLACK * bound.path("maxLogitAbsDeviation").asDouble();
    double ce = SINGLE_SLACK * bound.path("ceDeviation").asDouble();
    double gradient = SINGLE_SLACK * bound.path("maxGradL2RelDeviation").asDouble();
    NDArray wide = logits.toType(DataType.FLOAT64, false);
    c.assertClose("logits", c.expected().path("logits"), rows(wide), logit, 0);
    c.assertClose("ceLoss", c.expected().path("ceLoss"), loss.getFloat(), ce, 0);
    for (int i = 0; i < gradients.size(); i++) {
      JsonNode want = c.expected().path("gradL2").get(i);
      double allowed = gradient * Math.max(want.asDouble(), 1e-3);
      c.assertClose("gradL2[" + i + "]", want, gradients.get(i).norm().getFloat(), allowed, 0);
    }
  }

  private static Network network(String arch, JsonNode params) {
    int classes = params.path("numClasses").asInt();
    return switch (arch) {
      case "convnet" -> new ConvNet(params.path("width").asInt(), 3, classes);
      case "resnet18" -> ResNet.eighteen(Norm.INSTANCE, classes);
      case "resnet50" -> ResNet.fifty(Norm.INSTANCE, classes);
      default -> throw new AssertionError("No network " + arch);
    };
  }

  private static void assertSameParameters(JsonNode want, List<ParameterSpec> got) {
    assertEquals(want.size(), got.size());
    for (int i = 0; i < got.size(); i++) {
      assertEquals(want.get(i).path("name").asText(), got.get(i).name());
      assertEquals(
          want.get(i).path("shape").toString(), got.get(i).shape().toString().replace(" ", ""));
      assertEquals(want.get(i).path("fanIn").asInt(), got.get(i).fanIn());
      assertEquals(
          want.get(i).path("role").asText().toUpperCase(java.util.Locale.ROOT),
          got.get(i).role().name());
    }
  }

  private static double[][] rows(NDArray matrix) {
    double[][] rows = new double[(int) matrix.size(0)][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = matrix.get(i).toDoubleArray();
    }
    return rows;
  }
}
