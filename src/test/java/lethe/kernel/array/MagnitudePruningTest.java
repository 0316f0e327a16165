package lethe.kernel.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MagnitudePruningTest {
  private static final boolean ON = true;
  private static final boolean OFF = false;

  @Test
  void the_smallest_of_all_arrays_go() {
    // magnitudes 3, 1 | 2, 4, 5; round(0.4 * 5) = 2 go: 1 and 2
    List<boolean[]> left =
        MagnitudePruning.keep(
            List.of(new float[] {3, -1}, new float[] {2, -4, 5}), allOn(2, 3), 0.4);
    assertArrayEquals(new boolean[] {ON, OFF}, left.get(0));
    assertArrayEquals(new boolean[] {OFF, ON, ON}, left.get(1));
  }

  @Test
  void what_is_pruned_stays_pruned_and_does_not_count() {
    // live: 3, 2, 4; round(0.4 * 3) = 1 goes: 2. The pruned 9 stays off however large it is.
    List<boolean[]> left =
        MagnitudePruning.keep(
            List.of(new float[] {3, 2, 9, 4}), List.of(new boolean[] {ON, ON, OFF, ON}), 0.4);
    assertArrayEquals(new boolean[] {ON, OFF, OFF, ON}, left.get(0));
  }

  @Test
  void halves_are_rounded_to_even() {
    float[] five = {1, 2, 3, 4, 5};
    assertEquals(3, count(five, 0.5)); // 2.5 go: 2
    assertEquals(1, count(five, 0.7)); // 3.5 go: 4
  }

  @Test
  void of_equal_magnitudes_the_first_go() {
    List<boolean[]> left =
        MagnitudePruning.keep(
            List.of(new float[] {1, -1}, new float[] {1, 1, 0.5f}), allOn(2, 3), 0.6);
    assertArrayEquals(new boolean[] {OFF, OFF}, left.get(0));
    assertArrayEquals(new boolean[] {ON, ON, OFF}, left.get(1));
  }

  @Test
  void nothing_and_everything_can_go() {
    float[] three = {0, -0f, Float.MAX_VALUE};
    assertEquals(3, count(three, 0));
    assertEquals(0, count(three, 1));
    assertEquals(1, count(three, 2 / 3.0));
    assertThrows(IllegalArgumentException.class, () -> count(three, 1.1));
    boolean[] none = {OFF, OFF, OFF};
    assertArrayEquals(
        none, MagnitudePruning.keep(List.of(three), List.of(none), 0.5).get(0), "none is live");
  }

  @Test
  void its_arguments_are_left_alone() {
    boolean[] live = {ON, ON, ON};
    MagnitudePruning.keep(List.of(new float[] {1, 2, 3}), List.of(live), 1);
    assertArrayEquals(new boolean[] {ON, ON, ON}, live);
  }

  @Test
  void it_takes_the_same_as_a_sort_would() {
    Draws draws = new Draws(5);
    float[] weights = new float[1000];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) draws.uniform(-1e-3, 1e-3);
    }
    boolean[] left = MagnitudePruning.keep(List.of(weights), allOn(1000), 0.527).get(0);
    float[] sorted = weights.clone();
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = Math.abs(sorted[i]);
    }
    Arrays.sort(sorted);
    for (int i = 0; i < left.length; i++) {
      assertEquals(Math.abs(weights[i]) > sorted[526], left[i]);
    }
  }

  @Test
  void equal_shares_of_what_is_left_reach_the_target() {
    // E = 20, step 5: n = 4, p = 1 - 0.05^(1/4) = 0.527129; (1 - p)^4 = 0.05
    PruningSchedule schedule = new PruningSchedule(0.95, 5, 20);
    assertEquals(0.527129, schedule.rate(), 1e-6);
    assertArrayEquals(
        new int[] {0, 5, 10, 15}, IntStream.range(0, 20).filter(schedule::eventBefore).toArray());
    assertEquals(0.95, new PruningSchedule(0.95, 1, 1).rate(), 1e-15);
    assertTrue(new PruningSchedule(0.95, 1, 1).eventBefore(0));
  }

  @Test
  void a_step_that_does_not_divide_the_epochs_has_an_event_less() {
    // E = 7, step 3: n = 3, but events only before epochs 1 and 4
    PruningSchedule schedule = new PruningSchedule(0.875, 3, 7);
    assertEquals(0.5, schedule.rate(), 1e-15);
    assertArrayEquals(
        new int[] {1, 4}, IntStream.range(0, 7).filter(schedule::eventBefore).toArray());
  }

  @Test
  void a_step_longer_than_the_training_is_refused() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> new PruningSchedule(0.95, 6, 5));
    assertEquals(
        "Pruning every 6 epochs never happens in 5 epochs; prune every 1 to 5 epochs.",
        refusal.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new PruningSchedule(1, 5, 5));
    assertFalse(new PruningSchedule(0, 5, 5).eventBefore(1));
  }

  private static int count(float[] weights, double rate) {
    int on = 0;
    for (boolean one :
        MagnitudePruning.keep(List.of(weights), allOn(weights.length), rate).get(0)) {
      on += one ? 1 : 0;
    }
    return on;
  }

  private static List<boolean[]> allOn(int... lengths) {
    return IntStream.of(lengths)
        .mapToObj(
            length -> {
              boolean[] on = new boolean[length];
              Arrays.fill(on, ON);
              return on;
            })
        .toList();
  }
}
