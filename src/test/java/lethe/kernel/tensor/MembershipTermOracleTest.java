package lethe.kernel.tensor;

import static lethe.oracle.OracleCase.doubles;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.stream.Stream;
import lethe.oracle.OracleCase;
import lethe.oracle.OracleCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class MembershipTermOracleTest {
  @TestFactory
  Stream<DynamicTest> soft_cdf_and_mmd_agree_in_float64() {
    return OracleCases.tests("soft-cdf-mmd", c -> check(c, DataType.FLOAT64, c.atol(), c.rtol()));
  }

  @TestFactory
  Stream<DynamicTest> soft_cdf_and_mmd_agree_in_float32() {
    // 1e-4 relative; the floor is the rounding of Q near 0.5, where the normal score crosses 0,
    // and of three kernel means near 1 that cancel in a discrepancy near 0.
    return OracleCases.tests("soft-cdf-mmd", c -> check(c, DataType.FLOAT32, 1e-6, 1e-4));
  }

  private static void check(OracleCase c, DataType type, double atol, double rtol) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray forget = Gradients.vector(manager, type, doubles(c.inputs().get("ceF")));
      NDArray unseen = Gradients.vector(manager, type, doubles(c.inputs().get("ceT")));
      SoftCdf.Form form =
          c.params().get("form").asText().equals("code") ? SoftCdf.Form.CODE : SoftCdf.Form.PAPER;
      double temperature = c.params().get("temperature").asDouble();
      MembershipTerm term =
          new MembershipTerm(temperature, c.params().get("clip").asDouble(), form);
      NDArray logF = MembershipTerm.logLosses(forget);
      NDArray logT = MembershipTerm.logLosses(unseen);
      expect(c, "lossesLogF", logF, atol, rtol);
      expect(c, "lossesLogT", logT, atol, rtol);
      expect(c, "qF", SoftCdf.of(logF, temperature, form), atol, rtol);
      expect(c, "qT", SoftCdf.of(logT, temperature, form), atol, rtol);
      expect(c, "zF", term.scores(forget), atol, rtol);
      expect(c, "zT", term.scores(unseen), atol, rtol);
      double mmd = Gradients.doubles(term.of(unseen, forget))[0];
      c.assertClose("mmd", c.expected().get("mmd"), mmd, atol, rtol);
      double[] gradient = Gradients.exact(forget, x -> term.of(unseen, x));
      c.assertClose("gradCeF", c.expected().get("gradCeF"), gradient, atol, rtol);
    }
  }

  private static void expect(OracleCase c, String field, NDArray got, double atol, double rtol) {
    c.assertClose(field, c.expected().get(field), Gradients.doubles(got), atol, rtol);
  }
}
