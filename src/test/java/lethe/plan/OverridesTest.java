package lethe.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverridesTest {
  @TempDir Path folder = Path.of("");

  private List<String> problems(String overrides) {
    GridException e =
        assertThrows(
            GridException.class,
            () -> Fixtures.grid(folder, Fixtures.QUICK + "overrides = [\n" + overrides + "\n]"));
    return e.problems().stream().map(p -> p.replace(folder + "/", "")).toList();
  }

  private String rate(Grid grid, RetainRecipe recipe, String method) {
    Subject subject =
        Subject.of(grid.datasets().get(0), 1)
            .on(grid.networks().get(0))
            .in(grid.scenarios().get(0), 0)
            .by(recipe)
            .by(method);
    return grid.knobs()
        .settings(Recorder.card(Fixtures.REPERTOIRE.methods(), method), subject)
        .text("learning-rate");
  }

  @Test
  void an_override_holds_for_the_cells_it_names_and_later_ones_win() {
    String text =
        Fixtures.QUICK
            + """
            overrides = [
              { when { network = convnet }, set { unlearn.cf.learning-rate = 0.5 } }
              { when { network = convnet, recipe = reduced }, set { unlearn.cf.learning-rate = 3e-2 } }
            ]
            """;
    Grid grid = Fixtures.grid(folder, text);
    assertEquals("0.5", rate(grid, RetainRecipe.WHOLE, "cf"));
    assertEquals("0.03", rate(grid, RetainRecipe.REDUCED, "cf"));
    assertEquals("2.4E-4", rate(grid, RetainRecipe.REDUCED, "a-cf"));
    Grid typed = Fixtures.grid(folder, text, "unlearn.cf.learning-rate=0.7");
    assertEquals("0.7", rate(typed, RetainRecipe.WHOLE, "cf"));
    assertEquals("0.7", rate(typed, RetainRecipe.REDUCED, "cf"));
  }

  @Test
  void an_override_of_no_cell_is_a_problem() {
    assertEquals(
        List.of(
            "x.conf:9: overrides[0] matches no cell: resnet-18 is not among networks.",
            "x.conf:10: overrides[1] matches no cell: uniform-20 is not among scenarios.",
            "x.conf:11: overrides[2] matches no cell: cf does not read unlearn.a-cf."),
        problems(
            """
            { when { network = resnet-18 }, set { unlearn.cf.epochs = 1 } }
            { when { scenario = uniform-20.0 }, set { unlearn.cf.epochs = 1 } }
            { when { method = cf }, set { unlearn.a-cf.epochs = 1 } }"""));
  }

  @Test
  void names_and_settings_of_overrides_are_checked() {
    assertEquals(
        List.of(
            "x.conf:9: Unknown setting overrides[0].then; the nearest known is overrides[0].when.",
            "x.conf:9: Unknown setting overrides[0].when.netwerk; the nearest known is"
                + " overrides[0].when.network.",
            "x.conf:9: Unknown setting unlearn.cf.epoch; the nearest known is unlearn.cf.epochs.",
            "x.conf:10: overrides[1].when.recipe is \"reduce\"; it must be one of whole, free,"
                + " residual, condensed-whole, condensed-free, condensed-residual, reduced; the"
                + " nearest is reduced.",
            "x.conf:10: overrides[1].set.unlearn.cf.epochs is 0.5; it must be an integer from 0 to"
                + " 10000."),
        problems(
            """
            { when { netwerk = convnet }, then = 1, set { unlearn.cf.epoch = 1 } }
            { when { recipe = reduce }, set { unlearn.cf.epochs = 0.5 } }"""));
  }

  @Test
  void an_override_needs_both_halves() {
    assertEquals(
        List.of(
            "x.conf:9: overrides[0] has no set; it must be { when { ... }, set { ... } }.",
            "x.conf:10: overrides[1].when is {}; it must be a block with at least one name.",
            "x.conf:11: overrides[2] is 5; it must be { when { ... }, set { ... } }."),
        problems(
            """
            { when { network = convnet } }
            { when {}, set { unlearn.cf.epochs = 1 } }
            5"""));
  }

  @Test
  void settings_may_depend_only_on_what_their_stage_knows() {
    assertEquals(
        List.of(
            "x.conf:9: overrides[0] makes train depend on recipe; it may depend on dataset, network"
                + " only.",
            "x.conf:10: overrides[1] makes condense.blend depend on scenario; it may depend on"
                + " dataset only.",
            "x.conf:11: overrides[2] cannot set network.convnet: settings of datasets and networks"
                + " hold for all cells; list convnet with its settings on the axis.",
            "x.conf:12: overrides[3] cannot set the axis seeds."),
        problems(
            """
            { when { recipe = reduced }, set { train.epochs = 1 } }
            { when { scenario = random-class }, set { condense.blend.iterations = 1 } }
            { when { dataset = glyphs }, set { network.convnet.width = 1 } }
            { when { dataset = glyphs }, set { seeds = [ 3 ] } }"""));
  }

  @Test
  void an_override_of_settings_nobody_reads_is_a_problem() {
    GridException e =
        assertThrows(
            GridException.class,
            () ->
                Fixtures.grid(
                    folder,
                    Fixtures.QUICK.replace("retraining, cf, a-cf", "cf")
                        + "overrides = [ { when { dataset = glyphs },"
                        + " set { unlearn.a-cf.epochs = 2 } } ]"));
    assertEquals(
        List.of(
            folder
                + "/x.conf:8: overrides[0] sets unlearn.a-cf, which nobody reads: a-cf is not among"
                + " methods."),
        e.problems());
  }
}
