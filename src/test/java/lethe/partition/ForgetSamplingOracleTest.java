package lethe.partition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lethe.data.RetainParts;
import lethe.oracle.OracleCase;
import lethe.oracle.OracleCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ForgetSamplingOracleTest {
  @TestFactory
  Stream<DynamicTest> agrees_with_every_golden_case() {
    return OracleCases.tests("f-sampling", ForgetSamplingOracleTest::check);
  }

  private static void check(OracleCase c) {
    int[][] clusters = OracleCase.integerRows(c.inputs().get("clusters"));
    int[] forget = OracleCase.integers(c.inputs().get("forget"));
    RetainParts parts = ForgetSampling.parts(clusters, forget);
    assertArrayEquals(
        OracleCase.integers(c.expected().get("freeNonEmptyClusters")), parts.freeClusters());
    assertArrayEquals(
        OracleCase.integers(c.expected().get("residualIndices")), parts.residualSet());
    assertEquals(
        c.expected().get("reducedSize").asInt(),
        parts.freeClusters().length + parts.residualSet().length);
    int[] empty =
        IntStream.range(0, clusters.length).filter(i -> clusters[i].length == 0).toArray();
    int[] free =
        IntStream.concat(Arrays.stream(parts.freeClusters()), Arrays.stream(empty))
            .sorted()
            .toArray();
    assertArrayEquals(OracleCase.integers(c.expected().get("freeClusters")), free);
  }
}
