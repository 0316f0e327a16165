package lethe.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundsTest {
  @TempDir Path folder = Path.of("");

  private Plan rounds(int rounds, String... words) {
    return Fixtures.plan(folder, Fixtures.QUICK.replace("1, 2", "1") + "rounds = " + rounds, words);
  }

  private static Stage unlearned(Plan plan, String method, RetainRecipe recipe, int round) {
    return plan.cells().stream()
        .filter(c -> c.scenario().id().equals("uniform-10") && c.round() == round)
        .filter(c -> c.method().equals(method) && c.recipe() == recipe)
        .map(c -> plan.stage(plan.scoresOf(c)))
        .map(scores -> plan.stage(scores.input("logits")))
        .map(logits -> plan.stage(logits.input("weights")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void every_round_starts_from_the_weights_of_the_one_before() {
    Plan plan = rounds(3);
    Stage first = unlearned(plan, "cf", RetainRecipe.WHOLE, 0);
    Stage second = unlearned(plan, "cf", RetainRecipe.WHOLE, 1);
    Stage third = unlearned(plan, "cf", RetainRecipe.WHOLE, 2);
    assertEquals(StageKind.ORIGINAL, plan.stage(first.input("original")).kind());
    assertEquals(first.key(), second.input("original"));
    assertEquals(second.key(), third.input("original"));
    assertEquals("2", third.ingredients().get("round"));
    Stage fresh = unlearned(plan, "retraining", RetainRecipe.WHOLE, 2);
    assertFalse(fresh.inputs().containsKey("original"));
    assertNotEquals(first.input("split"), second.input("split"));
  }

  @Test
  void every_round_is_compared_with_retraining_of_that_round() {
    Plan plan = rounds(3);
    for (Cell cell : plan.cells()) {
      if (!cell.isReference()) {
        Stage distances = plan.stage(plan.distancesOf(cell).orElseThrow());
        Stage reference = plan.stage(plan.stage(distances.input(Stage.REFERENCE)).input("weights"));
        assertEquals(Optional.of("retraining"), reference.subject().method());
        assertEquals(Optional.of(cell.scenario()), reference.subject().scenario());
        assertEquals(cell.round(), reference.subject().round());
      }
    }
  }

  @Test
  void prototypes_are_made_once_and_parts_every_round() {
    Plan plan = rounds(2);
    Stage first = unlearned(plan, "cf", RetainRecipe.REDUCED, 0);
    Stage second = unlearned(plan, "cf", RetainRecipe.REDUCED, 1);
    assertEquals(first.input("prototypes"), second.input("prototypes"));
    assertNotEquals(first.input("parts"), second.input("parts"));
    assertEquals(first.input("parts"), second.input(Stage.FIRST_PARTS));
    assertFalse(first.inputs().containsKey(Stage.FIRST_PARTS));
    assertEquals(
        second.input("parts"),
        plan.stages().values().stream()
            .filter(s -> s.kind() == StageKind.SCORES && s.inputs().containsKey("parts"))
            .filter(s -> s.subject().label().contains("uniform-10/round-1/reduced/blend/cf"))
            .map(s -> s.input("parts"))
            .findFirst()
            .orElseThrow());
  }

  @Test
  void prototypes_that_hang_together_are_made_anew_from_the_parts_of_the_round() {
    Repertoire all = Fixtures.REPERTOIRE;
    Card blend = Recorder.card(all.condensers(), "blend");
    Card needy =
        new Card(
            blend.id(), blend.title(), blend.block(), 1, blend.knobs(), Set.of(StageKind.PARTS));
    Repertoire other =
        new Repertoire(
            all.datasets(),
            all.networks(),
            Map.of("blend", needy),
            all.methods(),
            all.train(),
            all.partition(),
            all.split(),
            all.evaluate(),
            MemoryModel.NONE);
    Path file = Fixtures.file(folder, "x.conf", Fixtures.QUICK + "rounds = 2");
    Plan plan =
        Plan.of(
            GridReader.read(file, List.of("seeds=[1]"), other), Fixtures.environment(1, 0), other);
    Stage second = unlearned(plan, "cf", RetainRecipe.REDUCED, 1);
    assertFalse(second.inputs().containsKey(Stage.FIRST_PARTS));
    assertEquals(second.input("parts"), plan.stage(second.input("prototypes")).input("parts"));
  }

  @Test
  void further_rounds_keep_what_is_done() {
    Plan one = rounds(1);
    Plan three = rounds(3);
    assertTrue(three.stages().keySet().containsAll(one.stages().keySet()));
    assertEquals(3 * one.cells().size(), three.cells().size());
    assertEquals(
        "glyphs/convnet/random-class/round-2/a-cf/reduced/blend-20/seed-1",
        three.cells().stream()
            .filter(c -> c.round() == 2 && c.method().equals("a-cf"))
            .filter(c -> c.recipe() == RetainRecipe.REDUCED)
            .findFirst()
            .orElseThrow()
            .label());
  }

  @Test
  void a_scenario_that_forgets_the_same_each_time_has_one_round() {
    GridException e =
        assertThrows(GridException.class, () -> rounds(2, "scenarios=[classes-1-2, uniform-5]"));
    assertEquals(
        List.of(
            folder
                + "/x.conf:8: rounds is 2, but classes-1-2 says once and for all what is forgotten;"
                + " with it, rounds must be 1."),
        e.problems());
  }
}
