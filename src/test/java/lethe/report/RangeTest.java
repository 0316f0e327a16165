package lethe.report;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RangeTest {
  private static final Range ABOVE = new Range(1, POSITIVE_INFINITY);
  private static final Range BELOW = new Range(NEGATIVE_INFINITY, 1);
  private static final Range BETWEEN = new Range(1, 2.5);

  @Test
  void an_end_that_stands_alone_is_not_in_it() {
    assertFalse(ABOVE.holdsAll(1, 3));
    assertTrue(ABOVE.holdsAll(1.1, 3));
    assertTrue(ABOVE.holdsNothing(0, 1));
    assertFalse(BELOW.holdsAll(0, 1));
    assertTrue(BELOW.holdsAll(-3, 0.9));
    assertTrue(BELOW.holdsNothing(1, 1));
  }

  @Test
  void of_two_ends_both_are_in_it() {
    assertTrue(BETWEEN.holdsAll(1, 2.5));
    assertFalse(BETWEEN.holdsAll(0.9, 2));
    assertFalse(BETWEEN.holdsNothing(0, 1));
    assertTrue(BETWEEN.holdsNothing(0, 0.9));
    assertTrue(BETWEEN.holdsNothing(2.6, 9));
  }

  @Test
  void an_unknown_interval_is_neither_in_nor_out() {
    for (Range range : new Range[] {ABOVE, BELOW, BETWEEN}) {
      assertFalse(range.holdsAll(NaN, NaN), range.text());
      assertFalse(range.holdsNothing(NaN, NaN), range.text());
    }
  }

  @Test
  void it_can_be_read() {
    assertEquals("above 1", ABOVE.text());
    assertEquals("below 1", BELOW.text());
    assertEquals("1 to 2.5", BETWEEN.text());
  }
}
