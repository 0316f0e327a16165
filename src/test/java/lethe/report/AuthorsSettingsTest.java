package lethe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import lethe.cli.Grounds;
import lethe.plan.Cell;
import lethe.plan.Protocol;
import lethe.plan.RetainRecipe;
import lethe.plan.Settings;
import lethe.plan.Spec;
import org.junit.jupiter.api.Test;

class AuthorsSettingsTest {
  private static final AuthorsSettings AUTHORS = AuthorsSettings.load();

  private static Set<String> departures(String experiment, String... words) throws Exception {
    Groundwork ground = Grounds.of(Path.of("experiments", experiment), List.of(words));
    Set<String> all = new TreeSet<>();
    ground
        .settings()
        .forEach((cell, own) -> all.addAll(AuthorsSettings.words(AUTHORS.departures(cell, own))));
    return all;
  }

  /** Both are written down: in the experiments for running, here for judging. */
  @Test
  void the_papers_grids_have_the_authors_settings() throws Exception {
    for (String name : List.of("table1", "table2", "table3", "table4")) {
      assertEquals(Set.of(), departures(name + ".conf"), name);
    }
    for (String name : List.of("figure2", "figure3", "figure4")) {
      assertEquals(Set.of(), departures(name + ".conf"), name);
    }
  }

  @Test
  void what_is_otherwise_is_named() throws Exception {
    assertEquals(
        Set.of("cf has learning-rate = 0.05 in place of 0.04"),
        departures("table1.conf", "unlearn.cf.learning-rate=0.05"));
    assertEquals(
        Set.of("partition has clusters-per-class = 500 in place of 1000"),
        departures("table1.conf", "condense.blend.clusters-per-class=500"));
    assertEquals(
        Set.of("gm has iterations = 10 in place of 1001"),
        departures("figure2.conf", "condense.gm.iterations=10"));
  }

  /** As text "5E-4" and "0.0005" differ. */
  @Test
  void equal_numbers_are_equal() {
    Cell cell = Samples.cell(Samples.CLASS, "cf", RetainRecipe.WHOLE, 1);
    Settings own = Settings.of(Map.of("epochs", "50.0", "weight-decay", "1.4E-3"));
    assertEquals(List.of(), AUTHORS.departures(cell, Map.of("cf", own)));
  }

  @Test
  void as_published_rivals_are_trained_on_for_a_quarter() {
    Settings ten = Settings.of(Map.of("epochs", "10"));
    for (Protocol protocol : Protocol.values()) {
      Cell cell =
          new Cell(
              Samples.GLYPHS,
              Samples.CONVNET,
              new lethe.plan.Scenario.None(),
              0,
              Cell.RETRAINING,
              RetainRecipe.REDUCED,
              java.util.Optional.of(new Spec("gm", Settings.NONE, new TreeMap<>())),
              java.util.Optional.of(10),
              protocol,
              1);
      assertEquals(
          protocol == Protocol.CORRECTED ? 1 : 0,
          AUTHORS.departures(cell, Map.of(Cell.RETRAINING, ten)).size());
    }
  }
}
