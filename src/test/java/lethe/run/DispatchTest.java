package lethe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lethe.kernel.array.Draws;
import lethe.plan.StageKey;
import lethe.plan.StageKind;
import org.junit.jupiter.api.Test;

class DispatchTest {
  private static final boolean QUIET = true;
  private static final boolean BESIDE = false;

  private static Dispatch dispatch(Sketch sketch, int threads, boolean quiet) {
    return new Dispatch(sketch.stages(), key -> false, key -> false, threads, quiet);
  }

  /** The names of all stages that may start now. */
  private static List<String> starts(Sketch sketch, Dispatch dispatch) {
    List<String> names = new ArrayList<>();
    for (Optional<StageKey> next = dispatch.start(); next.isPresent(); next = dispatch.start()) {
      names.add(sketch.name(next.get()));
    }
    return names;
  }

  @Test
  void stages_start_when_their_inputs_stand_in_the_order_of_the_plan() {
    Sketch sketch = new Sketch().cell("a").cell("b");
    Dispatch dispatch = dispatch(sketch, 2, BESIDE);

    assertEquals(List.of("a-split", "b-split", "a-original"), starts(sketch, dispatch));
    dispatch.finish(sketch.key("a-split"));
    assertEquals(List.of(), starts(sketch, dispatch));
    dispatch.finish(sketch.key("a-original"));
    assertEquals(List.of("a-unlearned"), starts(sketch, dispatch));
  }

  @Test
  void engine_stages_run_one_at_a_time_and_cpu_stages_fill_the_pool() {
    Sketch sketch = new Sketch();
    for (int i = 0; i < 3; i++) {
      sketch.stage(StageKind.ORIGINAL, "engine-" + i).stage(StageKind.SPLIT, "cpu-" + i);
    }
    assertEquals(
        List.of("cpu-0", "cpu-1", "engine-0"), starts(sketch, dispatch(sketch, 2, BESIDE)));
  }

  @Test
  void in_quiet_timing_a_timed_stage_runs_alone() {
    Sketch sketch =
        new Sketch()
            .stage(StageKind.UNLEARNED, "timed-1")
            .stage(StageKind.CLUSTERS, "timed-2")
            .stage(StageKind.ORIGINAL, "engine")
            .stage(StageKind.SPLIT, "cpu");
    Dispatch dispatch = dispatch(sketch, 2, QUIET);

    // The CPU stage has its turn first; then one timed stage after the other, then the rest.
    for (String name : List.of("cpu", "timed-1", "timed-2", "engine")) {
      assertEquals(List.of(name), starts(sketch, dispatch));
      dispatch.finish(sketch.key(name));
    }
    assertTrue(dispatch.isOver());
  }

  @Test
  void in_quiet_timing_waiting_cpu_stages_get_their_turn_between_timed_ones() {
    Sketch sketch =
        new Sketch()
            .stage(StageKind.UNLEARNED, "timed-1")
            .stage(StageKind.UNLEARNED, "timed-2")
            .stage(StageKind.SCORES, "scores-1", "timed-1")
            .stage(StageKind.SCORES, "scores-2", "timed-2");
    Dispatch dispatch = dispatch(sketch, 1, QUIET);
    for (String name : List.of("timed-1", "scores-1", "timed-2", "scores-2")) {
      assertEquals(List.of(name), starts(sketch, dispatch));
      dispatch.finish(sketch.key(name));
    }
  }

  @Test
  void in_quiet_timing_untimed_stages_overlap() {
    Sketch sketch = new Sketch().stage(StageKind.ORIGINAL, "engine").stage(StageKind.SPLIT, "cpu");
    assertEquals(List.of("cpu", "engine"), starts(sketch, dispatch(sketch, 1, QUIET)));
  }

  @Test
  void a_timed_stage_that_shares_the_machine_is_marked() {
    Sketch sketch = new Sketch().stage(StageKind.UNLEARNED, "timed").stage(StageKind.SPLIT, "cpu");
    Dispatch dispatch = dispatch(sketch, 1, BESIDE);
    assertEquals(List.of("cpu", "timed"), starts(sketch, dispatch));
    assertTrue(dispatch.wasOverlapped(sketch.key("timed")));
    assertFalse(dispatch.wasOverlapped(sketch.key("cpu")), "only times that count are marked");
  }

  @Test
  void clustering_fills_the_pool_by_itself() {
    Sketch sketch =
        new Sketch()
            .stage(StageKind.CLUSTERS, "clusters-1")
            .stage(StageKind.CLUSTERS, "clusters-2")
            .stage(StageKind.SPLIT, "split");
    Dispatch dispatch = dispatch(sketch, 3, BESIDE);
    assertEquals(List.of("clusters-1"), starts(sketch, dispatch));
    dispatch.finish(sketch.key("clusters-1"));
    assertEquals(List.of("clusters-2"), starts(sketch, dispatch));
  }

  @Test
  void a_failure_skips_what_needs_it_but_not_through_what_stands() {
    Sketch sketch =
        new Sketch()
            .stage(StageKind.SPLIT, "a")
            .stage(StageKind.SPLIT, "b", "a")
            .stage(StageKind.SPLIT, "c", "b")
            .stage(StageKind.SPLIT, "d", "a")
            .stage(StageKind.SPLIT, "e", "d");
    Set<StageKey> stands = Set.of(sketch.key("b"));
    Dispatch dispatch = new Dispatch(sketch.stages(), stands::contains, key -> false, 2, BESIDE);

    assertEquals(List.of("a", "c"), starts(sketch, dispatch));
    List<StageKey> skipped = dispatch.fail(sketch.key("a"));

    assertEquals(List.of("d", "e"), skipped.stream().map(sketch::name).toList());
    dispatch.finish(sketch.key("c"));
    assertTrue(dispatch.isOver());
  }

  @Test
  void what_is_to_come_last_waits_for_all_that_is_ready() {
    Sketch sketch = new Sketch().cell("a").cell("b");
    StageKey suspect = sketch.key("a-original");
    Dispatch dispatch = new Dispatch(sketch.stages(), key -> false, suspect::equals, 2, BESIDE);
    List<String> order = new ArrayList<>();
    for (Optional<StageKey> next = dispatch.start(); next.isPresent(); next = dispatch.start()) {
      order.add(sketch.name(next.get()));
      dispatch.finish(next.get());
    }
    assertEquals(
        List.of("a-split", "b-split", "b-original", "b-unlearned", "b-logits", "b-scores"),
        order.subList(0, 6));
    assertEquals("a-original", order.get(6));
    assertTrue(dispatch.isOver());
  }

  @Test
  void what_is_to_come_last_waits_for_what_runs_and_rests() {
    Sketch sketch =
        new Sketch()
            .stage(StageKind.ORIGINAL, "suspect")
            .stage(StageKind.SPLIT, "runs")
            .stage(StageKind.ORIGINAL, "rests")
            .stage(StageKind.UNLEARNED, "after", "runs");
    Dispatch dispatch =
        new Dispatch(sketch.stages(), key -> false, sketch.key("suspect")::equals, 2, BESIDE);
    assertEquals(List.of("runs", "rests"), starts(sketch, dispatch));
    dispatch.rest(sketch.key("rests"));
    assertEquals(List.of(), starts(sketch, dispatch));
    dispatch.finish(sketch.key("runs"));
    assertEquals(List.of("after"), starts(sketch, dispatch));
    dispatch.finish(sketch.key("after"));
    assertEquals(List.of(), starts(sketch, dispatch), "one rests");
    dispatch.wake(sketch.key("rests"));
    assertEquals(List.of("rests"), starts(sketch, dispatch));
    dispatch.finish(sketch.key("rests"));
    assertEquals(List.of("suspect"), starts(sketch, dispatch));
  }

  @Test
  void every_plan_comes_to_its_end_whatever_the_order_of_answers() {
    StageKind[] kinds = StageKind.values();
    for (int seed = 0; seed < 200; seed++) {
      Draws draws = new Draws(seed);
      Sketch sketch = new Sketch();
      for (int i = 0; i < 20; i++) {
        List<String> inputs = new ArrayList<>();
        for (int j = 0; j < i; j++) {
          if (draws.nextInt(6) == 0) {
            inputs.add("s" + j);
          }
        }
        sketch.stage(kinds[draws.nextInt(kinds.length)], "s" + i, inputs.toArray(String[]::new));
      }
      boolean quiet = draws.nextInt(2) == 0;
      Dispatch dispatch = dispatch(sketch, 1 + draws.nextInt(3), quiet);
      List<String> running = new ArrayList<>(starts(sketch, dispatch));
      while (!running.isEmpty()) {
        if (quiet && running.size() > 1) {
          assertTrue(running.stream().noneMatch(n -> sketch.stage(sketch.key(n)).kind().timed()));
        }
        dispatch.finish(sketch.key(running.remove(draws.nextInt(running.size()))));
        running.addAll(starts(sketch, dispatch));
      }
      assertTrue(dispatch.isOver(), "seed " + seed);
    }
  }

  @Test
  void whatever_a_table_times_takes_its_turn_alone_in_quiet_timing() {
    Sketch sketch =
        new Sketch()
            .stage(StageKind.FEATURES, "features")
            .stage(StageKind.PARTS, "parts")
            .stage(StageKind.SPLIT, "split");
    Dispatch dispatch = dispatch(sketch, 2, QUIET);
    for (String name : List.of("split", "features", "parts")) {
      assertEquals(List.of(name), starts(sketch, dispatch));
      dispatch.finish(sketch.key(name));
    }
  }

  @Test
  void a_stage_that_rests_gives_way_until_it_is_woken() {
    Sketch sketch = new Sketch().stage(StageKind.ORIGINAL, "a").stage(StageKind.ORIGINAL, "b");
    Dispatch dispatch = dispatch(sketch, 2, QUIET);
    assertEquals(List.of("a"), starts(sketch, dispatch));
    dispatch.rest(sketch.key("a"));
    assertEquals(List.of("b"), starts(sketch, dispatch));
    dispatch.finish(sketch.key("b"));
    assertEquals(List.of(), starts(sketch, dispatch));
    assertFalse(dispatch.isIdle(), "a is still to come");
    dispatch.wake(sketch.key("a"));
    dispatch.wake(sketch.key("a")); // once is enough
    assertEquals(List.of("a"), starts(sketch, dispatch));
    dispatch.finish(sketch.key("a"));
    assertTrue(dispatch.isOver());
  }

  @Test
  void what_rests_when_nothing_is_tried_any_more_stays_undone() {
    Sketch sketch = new Sketch().stage(StageKind.ORIGINAL, "a");
    Dispatch dispatch = dispatch(sketch, 2, QUIET);
    starts(sketch, dispatch);
    dispatch.rest(sketch.key("a"));
    dispatch.wakeNone();
    assertTrue(dispatch.isIdle());
    dispatch.wake(sketch.key("a")); // its time comes all the same
    assertEquals(List.of(), starts(sketch, dispatch));
    assertFalse(dispatch.isOver());
  }

  @Test
  void what_is_left_out_takes_along_what_needs_it_and_spares_what_runs() {
    Sketch sketch = new Sketch().cell("a").cell("b").cell("c").cell("d");
    Dispatch dispatch = dispatch(sketch, 4, BESIDE);
    starts(sketch, dispatch); // the splits and a-original
    dispatch.rest(sketch.key("a-original"));
    starts(sketch, dispatch); // b-original
    dispatch.finish(sketch.key("c-split"));
    List<StageKey> lost =
        dispatch.leaveOut(
            List.of(sketch.key("a-original"), sketch.key("b-original"), sketch.key("c-original")));
    assertEquals(
        List.of(
            "a-original",
            "a-unlearned",
            "a-logits",
            "a-scores",
            "c-original",
            "c-unlearned",
            "c-logits",
            "c-scores"),
        lost.stream().map(sketch::name).toList());
    assertFalse(dispatch.isResting(sketch.key("a-original")), "nobody waits for it any more");
    dispatch.wake(sketch.key("a-original"));
    dispatch.finish(sketch.key("b-original"));
    assertEquals(List.of("d-original"), starts(sketch, dispatch));
  }
}
