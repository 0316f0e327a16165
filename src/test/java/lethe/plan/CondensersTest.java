package lethe.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CondensersTest {
  private static final String TWO =
      Fixtures.QUICK + "condensers = [ blend, { id = blend, clusters-per-class = 5 } ]\n";

  @TempDir Path folder = Path.of("");

  private List<String> problems(String text, String... words) {
    GridException e = assertThrows(GridException.class, () -> Fixtures.grid(folder, text, words));
    return e.problems().stream().map(p -> p.replace(folder + "/", "")).toList();
  }

  @Test
  void only_recipes_that_condense_are_multiplied() {
    Plan plan = Fixtures.plan(folder, TWO, "seeds=[1]", "methods=[cf]", "scenarios=[uniform-10]");
    assertEquals(
        List.of("original whole", "cf whole", "cf reduced blend 20", "cf reduced blend 5"),
        plan.cells().stream()
            .map(
                c ->
                    c.method()
                        + " "
                        + c.recipe().id()
                        + c.condenser().map(s -> " " + s.id()).orElse("")
                        + c.imagesPerClass().map(k -> " " + k).orElse(""))
            .toList());
    // one set of features, clustered twice
    assertEquals(
        Map.of(StageKind.FEATURES, 1L, StageKind.CLUSTERS, 2L),
        plan.stages().values().stream()
            .map(Stage::kind)
            .filter(Set.of(StageKind.FEATURES, StageKind.CLUSTERS)::contains)
            .collect(Collectors.groupingBy(k -> k, Collectors.counting())));
  }

  @Test
  void a_recipe_that_parts_without_condensing_is_there_once_for_each_number_of_clusters() {
    Plan plan =
        Fixtures.plan(
            folder,
            TWO.replace("5 } ]", "5 }, { id = blend, iterations = 3 } ]"),
            "seeds=[1]",
            "methods=[cf]",
            "scenarios=[uniform-10]",
            "recipes=[free]");
    assertEquals(
        List.of(Optional.empty(), Optional.of(20), Optional.of(5)),
        plan.cells().stream().map(Cell::imagesPerClass).toList());
  }

  @Test
  void an_entry_wins_over_block_and_overrides_and_a_word_over_all() {
    String text =
        TWO.replace("clusters-per-class = 5", "clusters-per-class = 5, iterations = 7")
            + """
            overrides = [
              { when { dataset = glyphs }, set { condense.blend.iterations = 4 } }
            ]
            """;
    assertEquals(List.of("4", "7"), iterations(Fixtures.grid(folder, text)));
    assertEquals(
        List.of("2", "2"), iterations(Fixtures.grid(folder, text, "condense.blend.iterations=2")));
  }

  private static List<String> iterations(Grid grid) {
    Card card = Recorder.card(Fixtures.REPERTOIRE.condensers(), "blend");
    Subject subject = Subject.of(grid.datasets().get(0), 1);
    return grid.condensers().stream()
        .map(c -> grid.settings(c, card, subject).text("iterations"))
        .toList();
  }

  @Test
  void an_entry_s_own_settings_label_its_rows_but_for_the_clusters() {
    Grid grid = Fixtures.grid(folder, TWO.replace("class = 5", "class = 5, momentum = 0.50"));
    assertEquals(Map.of(), grid.condensers().get(0).departures());
    assertEquals(Map.of("momentum", "0.5"), grid.condensers().get(1).departures());
  }

  @Test
  void a_rendered_grid_keeps_its_condensers() {
    Grid grid = Fixtures.grid(folder, TWO);
    Path again = Fixtures.file(folder, "experiment.conf", grid.render());
    assertEquals(grid, GridReader.read(again, List.of(), Fixtures.REPERTOIRE));
  }

  @Test
  void settings_of_methods_may_depend_on_the_condenser() {
    Plan plan = Fixtures.plan(folder, TWO);
    Plan other =
        Fixtures.plan(
            folder,
            TWO + "overrides = [ { when { condenser = blend }, set { unlearn.cf.epochs = 9 } } ]");
    Set<String> lost =
        plan.stages().values().stream()
            .filter(s -> !other.stages().containsKey(s.key()))
            .map(s -> s.subject().label())
            .collect(Collectors.toSet());
    assertTrue(!lost.isEmpty() && lost.stream().allMatch(l -> l.contains("/reduced/blend")));
  }

  @Test
  void what_is_wrong_with_an_entry_is_said_at_its_line() {
    assertEquals(
        List.of("x.conf:8: condensers lists blend twice with equal settings."),
        problems(TWO.replace("class = 5", "class = 20")));
    assertEquals(
        List.of(
            "x.conf:8: condense.blend.clusters-per-class is 500, but glyphs has only 100 training"
                + " images a class (train-per-class); it must be an integer from 1 to 100."),
        problems(TWO.replace("class = 5", "class = 500")));
    assertEquals(
        List.of(
            "x.conf:8: condensers[1].clusters-per-class is 0; it must be an integer from 1 to"
                + " 100000."),
        problems(TWO.replace("class = 5", "class = 0")));
    assertEquals(
        List.of("command line: condensers is empty; it must list at least one."),
        problems(TWO, "condensers=[]").stream().filter(p -> p.contains("condensers is")).toList());
  }
}
