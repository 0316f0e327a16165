package lethe.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lethe.plan.Scenario;
import lethe.plan.Settings;
import org.junit.jupiter.api.Test;

class SplitterTest {
  private static final Subset TOYS =
      new Subset(
          Toys.dataset(30, 12), IntStream.range(0, 30).toArray(), IntStream.range(0, 12).toArray());
  private static final Settings SETTINGS = Settings.of(Map.of("unseen-fraction", "0.7"));
  private static final Scenario UNIFORM = new Scenario.Uniform(new BigDecimal("10"));

  @Test
  void every_image_is_on_one_side_of_each_split() {
    for (Scenario scenario :
        List.of(new Scenario.RandomClass(), UNIFORM, new Scenario.Classes(List.of(0, 2)))) {
      ForgetSplit split = split(scenario, 0, 1);
      assertArrayEquals(
          IntStream.range(0, 30).toArray(), sortedUnion(split.forget(), split.retain()));
      assertArrayEquals(
          IntStream.range(0, 12).toArray(), sortedUnion(split.unseen(), split.evaluation()));
      assertTrue(isAscending(split.forget()) && isAscending(split.retain()));
      assertTrue(isAscending(split.unseen()) && isAscending(split.evaluation()));
    }
  }

  @Test
  void sizes_round_down() {
    // int(0.1 * 30) = 3 are forgotten; int(0.7 * 12) = int(8.4) = 8 test images are unseen.
    ForgetSplit split = split(UNIFORM, 0, 1);
    assertEquals(3, split.forget().length);
    assertEquals(8, split.unseen().length);
    assertEquals(4, split.evaluation().length);
  }

  @Test
  void unseen_and_evaluation_depend_on_the_seed_alone() {
    ForgetSplit uniform = split(UNIFORM, 0, 1);
    ForgetSplit byClass = split(new Scenario.RandomClass(), 1, 1);
    assertArrayEquals(uniform.unseen(), byClass.unseen());
    assertArrayEquals(uniform.evaluation(), byClass.evaluation());
    assertFalse(Arrays.equals(uniform.unseen(), split(UNIFORM, 0, 2).unseen()));
  }

  @Test
  void the_forget_set_depends_on_scenario_and_round() {
    int[] first = split(UNIFORM, 0, 1).forget();
    assertArrayEquals(first, split(UNIFORM, 0, 1).forget());
    assertFalse(Arrays.equals(first, split(UNIFORM, 1, 1).forget()));
  }

  @Test
  void a_random_class_is_a_whole_class_and_every_class_has_its_seed() {
    boolean[] seen = new boolean[3];
    for (long seed = 1; seed <= 20; seed++) {
      int[] forget = split(new Scenario.RandomClass(), 0, seed).forget();
      assertEquals(10, forget.length);
      int label = forget[0] % 3;
      assertTrue(Arrays.stream(forget).allMatch(i -> i % 3 == label));
      seen[label] = true;
    }
    assertArrayEquals(new boolean[] {true, true, true}, seen);
  }

  @Test
  void listed_classes_are_forgotten_and_checked() {
    ForgetSplit split = split(new Scenario.Classes(List.of(2, 0)), 0, 1);
    assertTrue(Arrays.stream(split.retain()).allMatch(i -> i % 3 == 1));
    DataException refused =
        assertThrows(DataException.class, () -> split(new Scenario.Classes(List.of(1, 3)), 0, 1));
    assertEquals(
        "Scenario classes-1-3 names class 3, and toys has the classes 0 to 2.",
        refused.getMessage());
  }

  @Test
  void an_empty_side_is_refused() {
    DataException everything =
        assertThrows(
            DataException.class, () -> split(new Scenario.Classes(List.of(0, 1, 2)), 0, 1));
    assertEquals(
        "Scenario classes-0-1-2 on toys leaves the retain set R empty: there are 30 images to"
            + " split.",
        everything.getMessage());
    DataException nothing =
        assertThrows(
            DataException.class, () -> split(new Scenario.Uniform(new BigDecimal("1")), 0, 1));
    assertTrue(nothing.getMessage().contains("leaves the forget set F empty"));
  }

  @Test
  void rounds_forget_disjoint_shares_of_what_is_left() {
    // 30 images: int(0.1 * 30) = 3, int(0.1 * 27) = 2, int(0.1 * 25) = 2; 23 are left.
    ForgetSplit first = split(UNIFORM, 0, 1);
    ForgetSplit second = split(UNIFORM, 1, 1);
    ForgetSplit third = split(UNIFORM, 2, 1);
    assertArrayEquals(new int[0], first.earlier());
    assertArrayEquals(first.forget(), second.earlier());
    assertArrayEquals(second.allForgotten(), third.earlier());
    assertEquals(List.of(3, 2, 2), lengths(first.forget(), second.forget(), third.forget()));
    assertEquals(7, Arrays.stream(third.allForgotten()).distinct().count());
    assertArrayEquals(
        IntStream.range(0, 30).toArray(), sortedUnion(third.allForgotten(), third.retain()));
    assertArrayEquals(first.evaluation(), third.evaluation());
  }

  @Test
  void a_class_round_forgets_another_class() {
    ForgetSplit first = split(new Scenario.RandomClass(), 0, 4);
    ForgetSplit second = split(new Scenario.RandomClass(), 1, 4);
    assertEquals(10, second.forget().length);
    assertTrue(first.forget()[0] % 3 != second.forget()[0] % 3);
    assertEquals(10, second.retain().length);
    DataException refused =
        assertThrows(DataException.class, () -> split(new Scenario.RandomClass(), 2, 4));
    assertTrue(refused.getMessage().contains("leaves the retain set R empty"));
  }

  @Test
  void forgetting_nothing_retains_everything() {
    ForgetSplit split = split(new Scenario.None(), 0, 1);
    assertEquals(0, split.forget().length);
    assertEquals(30, split.retain().length);
    assertArrayEquals(split(UNIFORM, 0, 1).evaluation(), split.evaluation());
  }

  private static ForgetSplit split(Scenario scenario, int round, long seed) {
    return Splitter.split(TOYS, scenario, round, seed, SETTINGS);
  }

  private static List<Integer> lengths(int[]... sets) {
    return Arrays.stream(sets).map(set -> set.length).toList();
  }

  private static int[] sortedUnion(int[] a, int[] b) {
    return IntStream.concat(Arrays.stream(a), Arrays.stream(b)).sorted().toArray();
  }

  private static boolean isAscending(int[] values) {
    return IntStream.range(1, values.length).allMatch(i -> values[i - 1] < values[i]);
  }
}
