package lethe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import lethe.plan.RetainRecipe;
import lethe.plan.StageKind;
import org.junit.jupiter.api.Test;

class TimingTest {
  private static Timing timing(StageKind kind, double work, double overhead, double others) {
    return Samples.timing(
        Samples.cell(Samples.CLASS, "cf", RetainRecipe.WHOLE, 1),
        kind,
        Map.of("unlearnSeconds", work, Timing.OVERHEAD, overhead, Timing.OTHERS, others));
  }

  @Test
  void what_others_took_is_not_work() {
    assertEquals(9, timing(StageKind.UNLEARNED, 9, 1, 3).workSeconds());
  }

  /** Of 9 + 1 seconds others may take half a second. */
  @Test
  void a_stage_that_lost_a_twentieth_of_the_processors_is_flagged() {
    assertEquals(List.of(), timing(StageKind.UNLEARNED, 9, 1, 0.49).flags());
    assertEquals(List.of("disturbed"), timing(StageKind.UNLEARNED, 9, 1, 0.51).flags());
    assertEquals(List.of(), timing(StageKind.LOGITS, 9, 1, 0.51).flags(), "in no table");
  }

  /** The kernel counts hundredths of a second: 0.04 of a half may be nothing. */
  @Test
  void a_few_ticks_are_no_disturbance() {
    assertEquals(List.of(), timing(StageKind.UNLEARNED, 0.3, 0.2, 0.04).flags());
  }
}
