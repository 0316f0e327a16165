package lethe.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
  @TempDir Path folder = Path.of("");

  private Grid rehearsed(String text, int train) {
    return Rehearsal.of(
        Fixtures.grid(folder, text),
        Fixtures.REPERTOIRE,
        Map.of("glyphs", train),
        Map.of("glyphs", 48));
  }

  private static Set<String> arms(Plan plan) {
    return plan.cells().stream()
        .map(c -> c.method() + " " + c.recipe().id())
        .collect(Collectors.toSet());
  }

  @Test
  void every_arm_is_in_it_once_with_its_own_settings() {
    Grid grid = rehearsed(Fixtures.QUICK, 32);
    Plan small = Plan.of(grid, Fixtures.environment(1, 0), Fixtures.REPERTOIRE);
    assertEquals(arms(Fixtures.plan(folder, Fixtures.QUICK)), arms(small));
    // 3 methods x 2 recipes and the original, of one seed and one scenario
    assertEquals(7, small.cells().size());
    assertEquals(Fixtures.grid(folder, Fixtures.QUICK).knobs(), grid.knobs());
  }

  @Test
  void it_takes_few_images_and_fewer_clusters() {
    Grid grid = rehearsed(Fixtures.QUICK, 32);
    assertEquals("32", grid.datasets().get(0).settings().text("train-per-class"));
    assertEquals("48", grid.datasets().get(0).settings().text("test-per-class"));
    // a quarter of the images: smaller than the 20 of the grid
    assertEquals("8", grid.condensers().get(0).settings().text("clusters-per-class"));
    // 100 images would bear 25, and the grid wants 20
    Grid larger = rehearsed(Fixtures.QUICK, 100);
    assertEquals("20", larger.condensers().get(0).settings().text("clusters-per-class"));
  }

  @Test
  void a_share_becomes_a_tenth_and_more_rounds_become_two() {
    String text =
        Fixtures.QUICK.replace("[ random-class, uniform-10 ]", "[ uniform-0.1 ]") + "rounds = 5\n";
    Grid grid = rehearsed(text, 32);
    assertEquals(List.of("uniform-10"), grid.scenarios().stream().map(Scenario::id).toList());
    assertEquals(2, grid.rounds());
  }

  @Test
  void condensers_that_differ_in_clusters_alone_become_one() {
    String text =
        Fixtures.QUICK
            + "recipes = [ reduced ]\ncondensers = [ { id = blend, clusters-per-class = 10 }, blend ]\n";
    assertEquals(2, Fixtures.grid(folder, text).condensers().size());
    List<Spec> condensers = rehearsed(text, 32).condensers();
    assertTrue(
        condensers.stream().allMatch(c -> c.settings().text("clusters-per-class").equals("8")));
  }
}
