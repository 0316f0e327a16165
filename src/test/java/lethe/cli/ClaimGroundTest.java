package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lethe.plan.RetainRecipe;
import lethe.plan.Settings;
import lethe.report.Footing;
import lethe.report.Groundwork;
import org.junit.jupiter.api.Test;

class ClaimGroundTest {
  private static Groundwork ground(String experiment) throws Exception {
    return Grounds.of(Path.of("experiments", experiment), List.of());
  }

  /** What of a condenser and of a training some cell rests on. */
  @Test
  void settings_of_all_that_a_cell_rests_on_are_known() throws Exception {
    Set<String> all = new TreeSet<>();
    ground("figure2.conf")
        .settings()
        .forEach(
            (cell, blocks) ->
                blocks.forEach(
                    (block, settings) -> {
                      String more = settings.has("iterations") ? settings.text("iterations") : "";
                      String epochs = settings.has("epochs") ? settings.text("epochs") : "";
                      all.add(block + more + epochs);
                    }));
    assertEquals(
        Set.of(
            "original200",
            "retraining40",
            "blend20",
            "gm1001",
            "dm20000",
            "idm20000",
            "mean",
            "random",
            "split",
            "partition",
            "evaluate"),
        all);
  }

  @Test
  void what_bad_distillation_and_scrub_pass_besides_is_known() {
    Settings bad = Settings.of(Map.of("epochs", "20", "partial-retain-ratio", "0.62"));
    Settings published =
        Settings.of(
            Map.of("epochs", "20", "partial-retain-ratio", "0.62", "protocol", "as-published"));
    assertEquals(new Footing.Diet(0.62, true, 0), ClaimGround.diet(RetainRecipe.REDUCED, bad));
    assertEquals(new Footing.Diet(1, true, 0), ClaimGround.diet(RetainRecipe.REDUCED, published));
    assertEquals(new Footing.Diet(0.62, true, 0), ClaimGround.diet(RetainRecipe.WHOLE, published));
    Settings scrub = Settings.of(Map.of("epochs", "15", "m-steps", "5"));
    assertEquals(new Footing.Diet(1, false, 6), ClaimGround.diet(RetainRecipe.WHOLE, scrub));
    Settings cf = Settings.of(Map.of("epochs", "50"));
    assertEquals(Footing.Diet.RETAINED, ClaimGround.diet(RetainRecipe.WHOLE, cf));
  }

  @Test
  void networks_are_counted_as_they_are_where_a_grid_says_nothing() throws Exception {
    assertEquals(
        Map.of(
            "convnet", 320_010,
            "resnet-18", 11_173_962,
            "resnet-50", 23_520_842,
            "convnet-bn", 320_010,
            "resnet-18-bn", 11_173_962,
            "resnet-50-bn", 23_520_842),
        ground("small-figure2.conf").parameters());
  }

  @Test
  void where_no_artifact_stands_no_sizes_are_known() throws Exception {
    assertEquals(Map.of(), ground("table4.conf").footings());
  }
}
