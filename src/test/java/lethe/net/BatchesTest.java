package lethe.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private static final IntUnaryOperator LABELS = image -> image % 5;
  private static final int[] RETAIN = IntStream.range(0, 10).toArray();
  private static final int[] FORGET = IntStream.range(100, 200).filter(i -> i % 5 == 2).toArray();
  private static final int[] UNSEEN = IntStream.range(200, 300).toArray();

  @Test
  void every_image_leads_once_and_the_last_batch_is_smaller() {
    Batches batches = batches(RETAIN, 0);
    assertEquals(3, batches.steps()); // 4 + 4 + 2 images
    int[] seen =
        IntStream.range(0, 3)
            .flatMap(step -> IntStream.of(leading(batches, step)))
            .sorted()
            .toArray();
    assertArrayEquals(RETAIN, seen);
    assertEquals(2, leading(batches, 2).length);
  }

  @Test
  void companions_come_fresh_each_step_without_repeats() {
    Batches batches = batches(RETAIN, 0);
    int[] first = batches.images(0).getOrDefault(Role.FORGET, new int[0]);
    int[] second = batches.images(1).getOrDefault(Role.FORGET, new int[0]);
    assertEquals(8, first.length, "twice a batch of 4");
    assertEquals(8, IntStream.of(first).distinct().count());
    assertFalse(Arrays.equals(first, second));
  }

  @Test
  void matched_companions_have_the_classes_of_those_they_match() {
    int[] unseen = batches(RETAIN, 0).images(0).getOrDefault(Role.UNSEEN, new int[0]);
    assertEquals(8, unseen.length);
    assertTrue(IntStream.of(unseen).allMatch(image -> image % 5 == 2));
  }

  @Test
  void a_small_pool_gives_all_it_has() {
    Pass pass =
        new Pass(
            Role.RETAIN,
            RETAIN,
            List.of(new Companion.Sampled(Role.FORGET, new int[] {7, 8, 9}, 4)),
            step -> step.logits(Role.RETAIN));
    int[] forget = of(pass, 0).images(0).getOrDefault(Role.FORGET, new int[0]);
    assertArrayEquals(new int[] {7, 8, 9}, IntStream.of(forget).sorted().toArray());
  }

  @Test
  void a_pool_without_the_wanted_classes_is_named() {
    Pass pass =
        new Pass(
            Role.FORGET,
            FORGET,
            List.of(new Companion.ClassMatched(Role.UNSEEN, new int[] {200, 201}, 4, Role.FORGET)),
            step -> step.logits(Role.FORGET));
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> of(pass, 0).images(0));
    assertTrue(
        String.valueOf(thrown.getMessage()).contains("UNSEEN in epoch 1"), thrown.toString());
  }

  @Test
  void steps_depend_on_seed_epoch_and_step_alone() {
    assertArrayEquals(leading(batches(RETAIN, 1), 1), leading(batches(RETAIN, 1), 1));
    assertFalse(Arrays.equals(leading(batches(RETAIN, 0), 0), leading(batches(RETAIN, 1), 0)));
  }

  private static int[] leading(Batches batches, int step) {
    Map<Role, int[]> images = batches.images(step);
    return images.getOrDefault(Role.RETAIN, new int[0]);
  }

  private static Batches batches(int[] pool, int epoch) {
    Pass pass =
        new Pass(
            Role.RETAIN,
            pool,
            List.of(
                new Companion.Sampled(Role.FORGET, FORGET, 2),
                new Companion.ClassMatched(Role.UNSEEN, UNSEEN, 2, Role.FORGET)),
            step -> step.logits(Role.RETAIN));
    return of(pass, epoch);
  }

  private static Batches of(Pass pass, int epoch) {
    Training training =
        new Training(
            2, 4, e -> List.of(pass), Adam.USUAL, e -> 1, StepSeeds.semantic("small", 1, "test"));
    return new Batches(pass, 0, epoch, training, LABELS);
  }
}
