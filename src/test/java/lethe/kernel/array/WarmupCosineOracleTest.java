package lethe.kernel.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import lethe.oracle.OracleCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class WarmupCosineOracleTest {
  @TestFactory
  Stream<DynamicTest> agrees_with_every_oracle_case() {
    return OracleCases.tests(
        "lr-schedules",
        c -> {
          int epochs = c.params().get("epochs").asInt();
          WarmupCosine schedule = new WarmupCosine(c.params().get("warmup").asInt(), epochs);
          double rate = c.params().get("baseLr").asDouble();
          c.assertClose(
              "factors", IntStream.range(0, epochs).mapToDouble(schedule::factor).toArray());
          c.assertClose(
              "lrs",
              IntStream.range(0, epochs).mapToDouble(e -> rate * schedule.factor(e)).toArray());
        });
  }

  @Test
  void rises_then_falls() {
    // w = 2, E = 6: 1/2, 1, then (1 + cos(π k/4)) / 2 for k = 0..3.
    WarmupCosine schedule = new WarmupCosine(2, 6);
    assertEquals(0.5, schedule.factor(0));
    assertEquals(1, schedule.factor(1));
    assertEquals(1, schedule.factor(2));
    assertEquals(0.5, schedule.factor(4), 1e-15);
  }

  @Test
  void a_warm_up_longer_than_the_training_only_rises() {
    assertEquals(0.3, new WarmupCosine(10, 3).factor(2), 1e-15);
  }

  @Test
  void an_epoch_beyond_the_last_is_an_error() {
    assertThrows(IllegalArgumentException.class, () -> new WarmupCosine(2, 6).factor(6));
  }
}
