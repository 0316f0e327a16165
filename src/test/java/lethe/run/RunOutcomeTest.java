package lethe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import lethe.ledger.Fault;
import lethe.plan.Family;
import lethe.plan.StageKind;
import org.junit.jupiter.api.Test;

class RunOutcomeTest {
  private final Sketch sketch =
      new Sketch().stage(StageKind.ORIGINAL, "a").stage(StageKind.LOGITS, "b");

  private RunOutcome.Failure failure(String name, Fault fault) {
    return new RunOutcome.Failure(
        sketch.key(name), sketch.stage(sketch.key(name)), fault, "a reason");
  }

  private String label(String name) {
    return Family.of(sketch.stage(sketch.key(name))).label();
  }

  private static RunOutcome of(int finished, int performed, List<RunOutcome.Failure> failures) {
    return new RunOutcome(10, finished, performed, 1, failures, List.of(), false, Optional.empty());
  }

  @Test
  void of_two_runs_failures_and_work_add_up_and_the_second_says_what_stands() {
    RunOutcome first = of(4, 4, List.of(failure("a", Fault.ERROR)));
    RunOutcome both = first.followedBy(of(9, 5, List.of(failure("b", Fault.MEMORY))));
    assertEquals(9, both.finished());
    assertEquals(9, both.performed());
    assertEquals(2, both.failures().size());
    assertFalse(both.complete());
  }

  @Test
  void what_gets_smaller_passes_is_forgotten_and_nothing_else() {
    RunOutcome outcome =
        new RunOutcome(
            10,
            4,
            4,
            1,
            List.of(failure("a", Fault.ERROR), failure("b", Fault.MEMORY)),
            List.of(
                new RunOutcome.LeftOut(label("a"), "x", 1),
                new RunOutcome.LeftOut(label("b"), "x", 1)),
            false,
            Optional.empty());
    RunOutcome after = outcome.forgetting(Set.of(label("b")), sketch.plan());
    assertEquals(List.of(failure("a", Fault.ERROR)), after.failures());
    assertEquals(List.of(label("a")), after.families().stream().map(f -> f.family()).toList());
  }

  @Test
  void a_stage_that_is_not_planned_any_more_is_forgotten() {
    RunOutcome outcome = of(4, 4, List.of(failure("a", Fault.ERROR), failure("b", Fault.ERROR)));
    Sketch other = new Sketch().stage(StageKind.ORIGINAL, "a");
    assertEquals(
        List.of(failure("a", Fault.ERROR)), outcome.forgetting(Set.of(), other.plan()).failures());
  }
}
