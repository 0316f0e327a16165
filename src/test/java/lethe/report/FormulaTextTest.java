package lethe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import lethe.plan.RetainRecipe;
import org.junit.jupiter.api.Test;

class FormulaTextTest {
  private static Formula read(String text) {
    return FormulaText.read(text, Map.of("SLOW", List.of("cf", "scrub")));
  }

  /** Every term is worth the length of its method's name. */
  private static double value(String text) {
    return read(text).value(term -> term.method().length());
  }

  @Test
  void signs_bind_as_in_arithmetic() {
    assertEquals(7, value("1 + 2 * 3"));
    assertEquals(9, value("(1 + 2) * 3"));
    assertEquals(-4, value("1 - 2 - 3"), "from the left");
    assertEquals(0.5, value("4 / 4 / 2"), "from the left");
    assertEquals(1.5, value("2.5 - 1"));
  }

  @Test
  void functions_take_formulas() {
    assertEquals(3, value("abs(1 - 4)"));
    assertEquals(5, value("max(1, 2 + 3, 4)"));
    assertEquals(1, value("min(3, 1)"));
    assertEquals(2, value("mean(1, 2, 3)"));
  }

  /** 2 for CF and 5 for SCRUB. */
  @Test
  void a_set_gives_a_function_an_argument_for_each_method() {
    assertEquals(5, value("max(time(SLOW))"));
    assertEquals(7, value("mean(time(SLOW), time(SLOW)) * 2"));
    assertEquals(7, value("max(2 + time(SLOW), 1)"));
    assertEquals(0.7, value("mean(2 / time(SLOW))"));
  }

  @Test
  void a_term_names_its_cell() {
    Formula.Term plain =
        new Formula.Term(
            "time", "a-cf", RetainRecipe.WHOLE, Optional.empty(), OptionalInt.empty(), 0, false);
    assertEquals(plain, read("time(a-cf)"));
    Formula.Term full =
        new Formula.Term(
            "test-accuracy",
            "retraining",
            RetainRecipe.REDUCED,
            Optional.of("dm"),
            OptionalInt.of(10),
            2,
            true);
    assertEquals(full, read("test-accuracy(retraining, round-2, reduced, dm, next-seed, ipc-10)"));
  }

  @Test
  void a_hyphen_within_a_name_is_no_minus() {
    assertEquals(4 - 2, value("time(a-cf) - time(cf)"));
    assertEquals(
        List.of("a-cf", "cf"),
        read("time(a-cf) - time(cf)").terms().map(Formula.Term::method).toList());
  }

  @Test
  void one_unknown_term_makes_everything_unknown() {
    for (String text : List.of("time(cf) + 1", "max(1, time(cf))", "mean(time(cf), 2)")) {
      assertTrue(Double.isNaN(read(text).value(term -> Double.NaN)), text);
    }
  }

  @Test
  void what_is_no_formula_is_refused_with_the_reason() {
    assertRefused("time(cf", "has its end where \")\" should be");
    assertRefused("time", "has its end where \"(\" should be");
    assertRefused("1 +", "ends too early");
    assertRefused("1 2", "goes on after its end with \"2\"");
    assertRefused("time(cf) ^ 2", "cannot be read from \"^ 2\" on");
    assertRefused("* 2", "has \"*\" where a number, a term or a function should be");
  }

  private static void assertRefused(String text, String why) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> read(text));
    assertEquals("The formula \"" + text + "\" " + why + ".", refused.getMessage());
  }
}
