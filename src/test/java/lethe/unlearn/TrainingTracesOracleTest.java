package lethe.unlearn;

import static lethe.oracle.OracleCase.doubles;
import static lethe.oracle.OracleCase.integers;

import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lethe.net.EngineSession;
import lethe.net.EngineSettings;
import lethe.net.FilledTraining;
import lethe.oracle.OracleCase;
import lethe.oracle.OracleCases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every method of the catalogue against the golden steps. In those of A-CF and A-L1 forget and
 * unseen images are the same, so that their distance is 0: its sign and weight are tested by {@link
 * AcceleratedLossTest}.
 */
class TrainingTracesOracleTest {
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
  Stream<DynamicTest> traces_agree_in_float64() {
    return OracleCases.tests(
        "training-traces",
        c -> {
          try (GoldenTrace trace = new GoldenTrace(c, engine.orElseThrow(), DataType.FLOAT64)) {
            for (int s = 0; s < trace.steps(); s++) {
              c.assertClose("loss of step " + s, trace.wantedLoss(s), trace.step(s));
            }
            FilledTraining end = trace.training();
            c.assertClose("finalParameterStats", end.stats());
            if (!c.expected().get("finalRawParameterStats").isNull()) { // of pruning alone
              c.assertClose("finalRawParameterStats", end.rawStats());
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> traces_agree_in_float32() {
    return OracleCases.tests(
        "training-traces",
        c -> {
          try (GoldenTrace trace = new GoldenTrace(c, engine.orElseThrow(), DataType.FLOAT32)) {
            for (int s = 0; s < trace.steps(); s++) {
              double loss = trace.step(s);
              if (!(startsFromRounding(c) && s == 1)) {
                JsonNode want = trace.wantedLoss(s);
                double bound = trace.relativeBound(s) * Math.max(Math.abs(want.asDouble()), 1e-3);
                c.assertClose("loss of step " + s, want, loss, bound, 0);
              }
            }
            compareNorms(c, trace.training().stats());
          }
        });
  }

  /** Adam takes steps of the size of its rate where the true gradient is 0: nothing to compare. */
  private static void compareNorms(OracleCase c, double[][] stats) {
    Set<Integer> skipped =
        IntStream.of(integers(c.expected().get("notCompared"))).boxed().collect(Collectors.toSet());
    JsonNode want = c.expected().get("finalParameterStats");
    JsonNode deviation = c.expected().get("float32").get("parameterL2RelDeviation");
    double largest = Arrays.stream(doubles(deviation)).max().orElseThrow();
    double bound = startsFromRounding(c) ? 10 * largest : 1e-3;
    for (int i = 0; i < want.size(); i++) {
      if (!skipped.contains(i)) {
        c.assertClose("L2 of parameter " + i, want.get(i).get(1), stats[i][1], 0, bound);
      }
    }
  }

  /** Whether Adam's first steps follow a gradient that is rounding alone. */
  private static boolean startsFromRounding(OracleCase c) {
    return c.name().equals("a-scrub/self-teacher");
  }
}
