package lethe.kernel.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import lethe.oracle.OracleCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class L1ScheduleOracleTest {
  @TestFactory
  Stream<DynamicTest> agrees_with_every_oracle_case() {
    return OracleCases.tests(
        "l1-schedule",
        c -> {
          int epochs = c.params().get("epochs").asInt();
          L1Schedule schedule =
              new L1Schedule(
                  c.params().get("alpha").asDouble(), c.params().get("noL1Epochs").asInt(), epochs);
          c.assertClose(
              "alphaPerEpoch", IntStream.range(0, epochs).mapToDouble(schedule::weight).toArray());
        });
  }

  @Test
  void falls_along_a_line_and_leaves_the_last_epochs_free() {
    // α = 8, E = 6, n₀ = 2: 8 (1 - e/4) for e = 0..3, then 0
    L1Schedule schedule = new L1Schedule(8, 2, 6);
    assertEquals(8, schedule.weight(0));
    assertEquals(2, schedule.weight(3));
    assertEquals(0, schedule.weight(4));
    assertEquals(0, schedule.weight(5));
  }

  @Test
  void as_many_free_epochs_as_there_are_mean_no_penalty() {
    assertEquals(0, new L1Schedule(8, 3, 3).weight(0));
    assertEquals(0, new L1Schedule(8, 5, 3).weight(0));
  }

  @Test
  void an_epoch_beyond_the_last_is_an_error() {
    assertThrows(IllegalArgumentException.class, () -> new L1Schedule(8, 2, 6).weight(6));
    assertThrows(IllegalArgumentException.class, () -> new L1Schedule(-1, 2, 6));
  }
}
