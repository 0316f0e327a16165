package lethe.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SubsetTest {
  private static final Dataset WHOLE = Toys.dataset(30, 12);

  @Test
  void zero_takes_every_image_without_a_copy() {
    Subset all = Subset.draw(WHOLE, 0, 0, 1);
    assertSame(WHOLE.train(), all.dataset().train());
    assertSame(WHOLE.test(), all.dataset().test());
    assertEquals(30, all.trainPositions().length);
  }

  @Test
  void every_class_gets_its_number_in_the_original_order() {
    Subset drawn = Subset.draw(WHOLE, 4, 2, 1);
    // Three classes take turns: 30 training images are 10 of each, of which 4 are drawn.
    int[] perClass = new int[3];
    for (int label : drawn.dataset().train().labels()) {
      perClass[label]++;
    }
    assertArrayEquals(new int[] {4, 4, 4}, perClass);
    int[] sorted = drawn.trainPositions().clone();
    Arrays.sort(sorted);
    assertArrayEquals(sorted, drawn.trainPositions());
    for (int i = 0; i < 12; i++) {
      // The first pixel of each toy image is its position.
      int at = drawn.trainPositions()[i];
      assertEquals(at, drawn.dataset().train().pixels()[i * ImageSet.BYTES]);
      assertEquals(at % 3, drawn.dataset().train().labels()[i]);
    }
    assertEquals(6, drawn.dataset().test().size());
  }

  @Test
  void the_choice_is_a_function_of_the_seed() {
    int[] first = Subset.draw(WHOLE, 4, 2, 1).trainPositions();
    assertArrayEquals(first, Subset.draw(WHOLE, 4, 0, 1).trainPositions());
    assertFalse(Arrays.equals(first, Subset.draw(WHOLE, 4, 2, 2).trainPositions()));
  }

  @Test
  void more_than_a_class_has_is_refused_with_its_name_and_size() {
    DataException refused = assertThrows(DataException.class, () -> Subset.draw(WHOLE, 11, 0, 1));
    assertEquals(
        "toys has 10 train images of class 0 (ball), and train-per-class asks for 11.",
        refused.getMessage());
  }

  @Test
  void at_most_a_number_takes_what_there_is() {
    Subset drawn = Subset.drawAtMost(WHOLE, 11, 2, 1);
    assertSame(WHOLE.train(), drawn.dataset().train());
    assertEquals(6, drawn.dataset().test().size());
    // Where there are enough it is the same choice.
    assertArrayEquals(
        Subset.draw(WHOLE, 4, 2, 1).trainPositions(),
        Subset.drawAtMost(WHOLE, 4, 2, 1).trainPositions());
  }
}
