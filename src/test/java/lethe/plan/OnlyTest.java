package lethe.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlyTest {
  private final Plan whole;

  OnlyTest(@TempDir Path folder) {
    whole = Fixtures.plan(folder, Fixtures.QUICK);
  }

  @Test
  void a_part_has_the_cells_asked_for_and_what_they_need() {
    Plan part = Only.of("method=cf, seed=2").of(whole);
    assertTrue(part.cells().size() > 0 && part.cells().size() < whole.cells().size());
    for (Cell cell : part.cells()) {
      assertEquals("cf", cell.method());
      assertEquals(2, cell.seed());
      assertEquals(whole.stagesOf(cell), part.stagesOf(cell));
    }
    assertTrue(part.stages().size() < whole.stages().size());
  }

  @Test
  void what_a_stage_needs_is_a_part_that_has_it() {
    whole
        .stages()
        .forEach(
            (key, stage) -> {
              Plan part = Only.of(Only.of(stage.subject())).of(whole);
              assertTrue(part.stages().containsKey(key), stage.subject().label());
            });
  }

  @Test
  void a_wrong_word_is_named_with_what_is_right() {
    assertEquals("--only knows no axis \"metod\"; the nearest is method.", refusal("metod=cf"));
    assertEquals("--only takes axis=value, joined by commas, not \"cf\".", refusal("seed=1,cf"));
    String none = refusal("method=cff");
    assertTrue(none.startsWith("No cell has method=cff; method is one of original, "), none);
  }

  private String refusal(String expression) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> Only.of(expression).of(whole))
            .getMessage());
  }
}
