package lethe.kernel.tensor;

import static lethe.oracle.OracleCase.flat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import lethe.oracle.OracleCase;
import lethe.oracle.OracleCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class DistillationKlOracleTest {
  @TestFactory
  Stream<DynamicTest> the_divergence_agrees_in_float64() {
    return OracleCases.tests(
        "distillation-kl", c -> check(c, DataType.FLOAT64, c.atol(), c.rtol()));
  }

  @TestFactory
  Stream<DynamicTest> the_divergence_agrees_in_float32() {
    // 1e-4 relative; the floor is the rounding of probabilities near 1
    return OracleCases.tests("distillation-kl", c -> check(c, DataType.FLOAT32, 1e-6, 1e-4));
  }

  private static void check(OracleCase c, DataType type, double atol, double rtol) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray student = matrix(manager, type, c.inputs().get("studentLogits"));
      NDArray teacher = matrix(manager, type, c.inputs().get("teacherLogits"));
      double t = c.params().get("T").asDouble();
      double loss = Gradients.doubles(DistillationKl.of(student, teacher, t))[0];
      c.assertClose("loss", c.expected().get("loss"), loss, atol, rtol);
      double[] gradient = Gradients.exact(student, x -> DistillationKl.of(x, teacher, t));
      double[] want = flat(c.expected().get("gradStudent"));
      for (int i = 0; i < want.length; i++) {
        JsonNode row = c.expected().get("gradStudent").get(i / (int) student.getShape().get(1));
        JsonNode entry = row.get(i % row.size());
        c.assertClose("gradStudent " + i, entry, gradient[i], atol, rtol);
      }
    }
  }

  private static NDArray matrix(NDManager manager, DataType type, JsonNode rows) {
    Shape shape = new Shape(rows.size(), rows.get(0).size());
    return Gradients.vector(manager, type, flat(rows)).reshape(shape);
  }
}
