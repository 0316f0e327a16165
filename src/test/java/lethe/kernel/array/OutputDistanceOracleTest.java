package lethe.kernel.array;

import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lethe.oracle.OracleCase;
import lethe.oracle.OracleCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class OutputDistanceOracleTest {
  @TestFactory
  Stream<DynamicTest> agree_with_every_golden_case() {
    return OracleCases.tests("scoring", OutputDistanceOracleTest::check);
  }

  private static void check(OracleCase c) {
    double[][] a = OracleCase.rows(c.inputs().get("logitsA"));
    double[][] b = OracleCase.rows(c.inputs().get("logitsB"));
    double[] js = each(a, b, JensenShannon::of);
    c.assertClose("jsPerExample", js);
    c.assertClose("meanJs", MeanCi.mean(js));
    c.assertClose("zrf", ZeroRetrainForgetting.of(js));
    double[] bits = Arrays.stream(js).map(JensenShannon::bits).toArray();
    c.assertClose("zrfLog2", ZeroRetrainForgetting.of(bits));
    c.assertClose("klAToB", MeanCi.mean(each(a, b, KlDivergence::of)));
    c.assertClose("klBToA", MeanCi.mean(each(b, a, KlDivergence::of)));
    double[] distances = each(a, b, ActivationDistance::of);
    c.assertClose("activationPerExample", distances);
    c.assertClose("activationDistance", MeanCi.mean(distances));
  }

  private static double[] each(
      double[][] a, double[][] b, ToDoubleBiFunction<double[], double[]> formula) {
    return IntStream.range(0, a.length)
        .mapToDouble(i -> formula.applyAsDouble(a[i], b[i]))
        .toArray();
  }
}
