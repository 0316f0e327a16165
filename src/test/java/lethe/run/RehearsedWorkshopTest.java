package lethe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import lethe.net.Signals;
import lethe.net.StoppedException;
import lethe.plan.StageKey;
import org.junit.jupiter.api.Test;

class RehearsedWorkshopTest {
  private static final StageKey KEY = StageKey.of(new TreeMap<>());

  /** A stage of ten steps that goes on where it was stopped. */
  private static final class Steps implements Workshop {
    private final List<String> done = new ArrayList<>();
    private int next;

    @Override
    public void openEngine() {}

    @Override
    public Done perform(StageKey key, Signals signals) {
      done.add("begun at " + next);
      for (; next < Math.min(10, signals.mostSteps()); next++) {
        signals.check();
        signals.progress(next + 1L, 10, 0);
      }
      done.add("over at " + next);
      return new Done("", new TreeMap<>(), List.of(), false);
    }

    @Override
    public void close() {}
  }

  @Test
  void a_stage_takes_two_steps_with_a_stop_and_a_new_start_between_them() throws Exception {
    Steps steps = new Steps();
    new RehearsedWorkshop(steps).perform(KEY, Signals.NONE);
    assertEquals(List.of("begun at 0", "begun at 1", "over at 2"), steps.done);
  }

  @Test
  void a_stop_of_the_run_itself_ends_it() {
    Steps steps = new Steps();
    Signals stopped =
        new Signals() {
          @Override
          public boolean stopRequested() {
            return true;
          }

          @Override
          public void progress(long done, long total, double loss) {}
        };
    assertThrows(StoppedException.class, () -> new RehearsedWorkshop(steps).perform(KEY, stopped));
    assertEquals(List.of("begun at 0"), steps.done);
  }
}
