package lethe.plan;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Here A-CF takes no more companions than a batch has images: 4 and 64, unless said otherwise. */
class KnobLimitsTest {
  @TempDir Path folder = Path.of("");

  private List<String> problems(String more, String... words) {
    GridException e =
        assertThrows(
            GridException.class, () -> Fixtures.grid(folder, Fixtures.QUICK + more, words));
    return e.problems().stream().map(p -> p.replace(folder + "/", "")).toList();
  }

  @Test
  void a_setting_above_its_limit_is_told_where_it_is_written() {
    assertEquals(
        List.of(
            "command line: unlearn.a-cf.companions is 9; it must be at most unlearn.a-cf.batch,"
                + " which is 8."),
        problems("unlearn.a-cf.batch = 8", "unlearn.a-cf.companions=9"));
  }

  @Test
  void where_only_the_limit_is_written_its_place_is_told() {
    assertEquals(
        List.of(
            "x.conf:8: unlearn.a-cf.companions is 4; it must be at most unlearn.a-cf.batch, which"
                + " is 3."),
        problems("unlearn.a-cf.batch = 3"));
  }

  @Test
  void overrides_are_looked_at_in_the_cells_they_hold_for() {
    String reduced =
        """
        unlearn.a-cf.companions = 2
        overrides = [ { when { recipe = reduced }, set { unlearn.a-cf.batch = 1 } } ]
        """;
    assertEquals(
        List.of(
            "x.conf:9: unlearn.a-cf.companions is 2; it must be at most unlearn.a-cf.batch, which"
                + " is 1."),
        problems(reduced));
    assertDoesNotThrow(() -> Fixtures.grid(folder, Fixtures.QUICK + reduced, "recipes=[whole]"));
  }

  @Test
  void a_setting_may_reach_its_limit_and_a_method_that_does_not_run_has_none() {
    assertDoesNotThrow(() -> Fixtures.grid(folder, Fixtures.QUICK + "unlearn.a-cf.batch = 4"));
    assertDoesNotThrow(
        () -> Fixtures.grid(folder, Fixtures.QUICK + "unlearn.a-cf.batch = 3", "methods=[cf]"));
  }
}
