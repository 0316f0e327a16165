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
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipesTest {
  private static final String ABLATION =
      """
      name = ablation
      datasets  = [ { id = glyphs, train-per-class = 100 } ]
      networks  = [ convnet ]
      scenarios = [ uniform-10 ]
      methods   = [ cf ]
      recipes   = [ whole, free, residual, condensed-whole, condensed-free, condensed-residual,
                    reduced ]
      seeds     = [ 1 ]
      condense.blend.clusters-per-class = 20
      """;

  @TempDir Path folder = Path.of("");

  private static Stage scores(Plan plan, RetainRecipe recipe) {
    return plan.cells().stream()
        .filter(c -> c.recipe() == recipe && c.method().equals("cf"))
        .map(c -> plan.stage(plan.scoresOf(c)))
        .findFirst()
        .orElseThrow();
  }

  private static Stage unlearned(Plan plan, RetainRecipe recipe) {
    Stage logits = plan.stage(scores(plan, recipe).input("logits"));
    return plan.stage(logits.input("weights"));
  }

  private static Map<StageKind, Long> counts(Plan plan) {
    return plan.stages().values().stream()
        .collect(Collectors.groupingBy(Stage::kind, TreeMap::new, Collectors.counting()));
  }

  @Test
  void each_recipe_takes_what_it_needs() {
    Plan plan = Fixtures.plan(folder, ABLATION);
    Map<String, Set<String>> inputs = new TreeMap<>();
    for (RetainRecipe recipe : RetainRecipe.values()) {
      inputs.put(recipe.id(), unlearned(plan, recipe).inputs().keySet());
    }
    Set<String> parted = Set.of("original", "split", "parts");
    Set<String> condensed = Set.of("original", "split", "parts", "prototypes");
    assertEquals(
        Map.of(
            "whole", Set.of("original", "split"),
            "free", parted,
            "residual", parted,
            "condensed-whole", condensed,
            "condensed-free", condensed,
            "condensed-residual", condensed,
            "reduced", condensed),
        inputs);
    // one clustering of all images, and one of each part; each has its parts
    Map<StageKind, Long> counts = counts(plan);
    assertEquals(4, counts.get(StageKind.CLUSTERS));
    assertEquals(4, counts.get(StageKind.PARTS));
    assertEquals(4, counts.get(StageKind.PROTOTYPES));
    assertEquals(1, counts.get(StageKind.FEATURES));
    assertEquals(8, plan.cells().size());
  }

  @Test
  void what_is_condensed_anew_is_clustered_anew_from_its_own_part() {
    Plan plan = Fixtures.plan(folder, ABLATION);
    Stage reduced = unlearned(plan, RetainRecipe.REDUCED);
    Stage free = unlearned(plan, RetainRecipe.CONDENSED_FREE);
    Stage again = plan.stage(plan.stage(free.input("parts")).input("clusters"));
    assertEquals("condensed-free", again.ingredients().get("recipe"));
    assertEquals(Set.of("features", "split", "parts"), again.inputs().keySet());
    assertEquals(reduced.input("parts"), again.input("parts"));
    Stage whole =
        plan.stage(
            plan.stage(unlearned(plan, RetainRecipe.CONDENSED_WHOLE).input("parts"))
                .input("clusters"));
    assertEquals(Set.of("features", "split"), whole.inputs().keySet());
    assertNotEquals(reduced.input("prototypes"), free.input("prototypes"));
  }

  @Test
  void a_grid_that_compares_the_parts_scores_every_row_on_both() {
    Plan plan = Fixtures.plan(folder, ABLATION);
    Set<Optional<StageKey>> parts =
        plan.cells().stream()
            .map(c -> Optional.ofNullable(plan.stage(plan.scoresOf(c)).inputs().get("parts")))
            .collect(Collectors.toSet());
    assertEquals(Set.of(Optional.of(unlearned(plan, RetainRecipe.REDUCED).input("parts"))), parts);
  }

  @Test
  void else_only_rows_that_know_the_parts_are_scored_on_them() {
    Plan plan = Fixtures.plan(folder, ABLATION, "recipes=[whole, condensed-whole, reduced]");
    assertTrue(scores(plan, RetainRecipe.REDUCED).inputs().containsKey("parts"));
    assertFalse(scores(plan, RetainRecipe.WHOLE).inputs().containsKey("parts"));
    assertFalse(scores(plan, RetainRecipe.CONDENSED_WHOLE).inputs().containsKey("parts"));
  }

  @Test
  void a_part_of_the_images_stays_paired_with_the_whole() {
    Plan alone = Fixtures.plan(folder, ABLATION, "recipes=[free]");
    Plan all = Fixtures.plan(folder, ABLATION);
    assertTrue(all.stages().keySet().containsAll(alone.stages().keySet()));
  }

  @Test
  void whole_classes_leave_no_residual_to_train_on() {
    GridException e =
        assertThrows(
            GridException.class,
            () ->
                Fixtures.grid(
                    folder,
                    ABLATION,
                    "recipes=[whole, condensed-residual]",
                    "scenarios=[uniform-10, random-class]"));
    assertEquals(
        List.of(
            "command line: recipes lists condensed-residual, but in scenario random-class no"
                + " retained image shares a cluster with a forgotten one: there is nothing to"
                + " train on."),
        e.problems());
  }
}
