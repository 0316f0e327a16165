package lethe.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import lethe.plan.StageKey;
import org.junit.jupiter.api.Test;

class EngineUseTest {
  private static final StageKey A = new StageKey("a".repeat(64));
  private static final StageKey B = new StageKey("b".repeat(64));
  private static final StageKey C = new StageKey("c".repeat(64));

  private final EngineUse use = new EngineUse();

  @Test
  void gaps_between_stages_are_idle() {
    use.started(A, 10);
    use.ended(A, 14, 0, Double.NaN);
    use.started(B, 15);
    use.ended(B, 20, 0, Double.NaN);
    assertEquals(0.1, use.idle().orElseThrow(), 1e-12);
    assertEquals(
        Optional.of("engine at work 90.0% of 10.0 s, from its first stage to its last"),
        use.sentence());
  }

  @Test
  void stages_that_wait_for_the_device_count_from_when_they_have_it() {
    use.started(A, 0);
    use.started(B, 0);
    use.started(C, 1);
    use.ended(A, 6, 2, Double.NaN); // two seconds another process had it
    use.ended(B, 8, 6, Double.NaN);
    use.ended(C, 10, 7.5, Double.NaN); // half a second after B
    assertEquals(0.5 / 8, use.idle().orElseThrow(), 1e-12);
  }

  @Test
  void reading_and_writing_are_no_work() {
    use.started(A, 0);
    use.ended(A, 4, 0, 3);
    use.started(B, 4);
    use.ended(B, 10, 0, 5);
    assertEquals(0.2, use.idle().orElseThrow(), 1e-12);
  }

  @Test
  void what_was_found_or_never_done_says_nothing() {
    use.ended(A, 3, 0, Double.NaN);
    use.started(B, 4);
    use.forget(B);
    use.ended(B, 5, 0, 7);
    assertEquals(Optional.empty(), use.idle());
    assertEquals(Optional.empty(), use.sentence());
  }
}
