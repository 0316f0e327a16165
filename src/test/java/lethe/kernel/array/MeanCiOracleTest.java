package lethe.kernel.array;

import java.util.stream.Stream;
import lethe.oracle.OracleCase;
import lethe.oracle.OracleCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class MeanCiOracleTest {
  @TestFactory
  Stream<DynamicTest> agrees_with_every_golden_case() {
    return OracleCases.tests("mean-ci", MeanCiOracleTest::check);
  }

  private static void check(OracleCase c) {
    double level = c.params().get("level").asDouble();
    if (c.params().get("test").asText().equals("mean")) {
      MeanCi ci = MeanCi.of(OracleCase.doubles(c.inputs().get("values")), level);
      c.assertClose("mean", ci.mean());
      c.assertClose("sd", ci.sd());
      c.assertClose("halfWidth", ci.halfWidth());
      c.assertClose("tQuantile", ci.tQuantile());
      return;
    }
    double[] a = OracleCase.doubles(c.inputs().get("a"));
    double[] b = OracleCase.doubles(c.inputs().get("b"));
    MeanDifference d =
        c.params().get("test").asText().equals("paired")
            ? MeanDifference.paired(a, b, level)
            : MeanDifference.welch(a, b, level);
    c.assertClose("meanDifference", d.meanDifference());
    c.assertClose("halfWidth", d.halfWidth());
    c.assertClose("df", d.df());
    c.assertClose("t", d.t());
    c.assertClose("p", d.p());
  }
}
