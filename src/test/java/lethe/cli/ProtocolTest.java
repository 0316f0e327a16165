package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lethe.plan.Environment;
import lethe.plan.Grid;
import lethe.plan.GridReader;
import lethe.plan.Plan;
import lethe.plan.Stage;
import lethe.plan.StageKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code protocol = as-published} changes in a plan of Lethe's own catalogues. */
class ProtocolTest {
  @TempDir private Path folder = Path.of("");

  private Plan plan(String protocol) throws IOException {
    Path file = folder.resolve("x.conf");
    Files.writeString(
        file,
        """
        name = x
        datasets = [ glyphs ]
        networks = [ convnet ]
        scenarios = [ uniform-10 ]
        rounds = 2
        methods = [ cf, pruning, scrub, ssd, lf-ssd, a-scrub ]
        seeds = [ 1 ]
        condense.blend.clusters-per-class = 20
        protocol =\s"""
            + protocol);
    Grid grid = GridReader.read(file, List.of(), Catalogues.repertoire());
    assertTrue(grid.render().contains("protocol = \"" + protocol + "\""));
    return Plan.of(
        grid,
        new Environment(
            "engine",
            "device",
            "fp32",
            2,
            0,
            0,
            new TreeMap<>(),
            new TreeMap<>(Map.of("glyphs", "digest"))),
        Catalogues.repertoire());
  }

  private static Stage scores(Plan plan, String label) {
    return plan.cells().stream()
        .filter(cell -> cell.label().equals("glyphs/convnet/uniform-10/" + label + "/seed-1"))
        .map(cell -> plan.stage(plan.scoresOf(cell)))
        .findFirst()
        .orElseThrow();
  }

  private static Stage logits(Plan plan, String label) {
    return plan.stage(scores(plan, label).input("logits"));
  }

  private static Stage unlearned(Plan plan, String label) {
    return plan.stage(logits(plan, label).input("weights"));
  }

  @Test
  void what_does_not_depend_on_the_protocol_keeps_its_key() throws IOException {
    Plan corrected = plan("corrected");
    Plan published = plan("as-published");
    for (StageKind kind : List.of(StageKind.SPLIT, StageKind.CLUSTERS, StageKind.PROTOTYPES)) {
      List<Stage> here = stages(corrected, kind);
      assertTrue(published.stages().keySet().containsAll(here.stream().map(Stage::key).toList()));
    }
    assertNotEquals(stages(corrected, StageKind.ORIGINAL), stages(published, StageKind.ORIGINAL));
    assertFalse(
        corrected.stages().values().stream()
            .anyMatch(s -> s.ingredients().containsKey("settings.protocol")));
    assertTrue(scores(published, "cf/whole").settings().asPublished());
    assertTrue(unlearned(published, "ssd/whole").settings().asPublished());
    assertTrue(unlearned(published, "lf-ssd/whole").settings().asPublished());
    assertFalse(unlearned(published, "scrub/whole").settings().asPublished());
  }

  private static List<Stage> stages(Plan plan, StageKind kind) {
    return plan.stages().values().stream().filter(s -> s.kind() == kind).toList();
  }

  @Test
  void cf_without_condensation_goes_on_from_a_scrub() throws IOException {
    Plan published = plan("as-published");
    assertEquals(
        unlearned(published, "a-scrub/whole").key(),
        unlearned(published, "round-1/cf/whole").input("original"));
    assertEquals(
        unlearned(published, "cf/reduced/blend-20").key(),
        unlearned(published, "round-1/cf/reduced/blend-20").input("original"));
    Plan corrected = plan("corrected");
    assertEquals(
        unlearned(corrected, "cf/whole").key(),
        unlearned(corrected, "round-1/cf/whole").input("original"));
  }

  @Test
  void prototypes_are_made_anew_in_each_round() throws IOException {
    Plan published = plan("as-published");
    assertNotEquals(
        unlearned(published, "cf/reduced/blend-20").input("prototypes"),
        unlearned(published, "round-1/cf/reduced/blend-20").input("prototypes"));
    Plan corrected = plan("corrected");
    assertEquals(
        unlearned(corrected, "cf/reduced/blend-20").input("prototypes"),
        unlearned(corrected, "round-1/cf/reduced/blend-20").input("prototypes"));
  }

  @Test
  void pruning_is_scored_on_its_prototypes() throws IOException {
    String pruning = "pruning/reduced/blend-20";
    Plan published = plan("as-published");
    assertTrue(scores(published, pruning).inputs().containsKey("prototypes"));
    assertTrue(logits(published, pruning).inputs().containsKey("prototypes"));
    assertFalse(scores(published, "scrub/reduced/blend-20").inputs().containsKey("prototypes"));
    assertFalse(scores(published, "pruning/whole").inputs().containsKey("prototypes"));
    assertFalse(scores(plan("corrected"), pruning).inputs().containsKey("prototypes"));
  }

  @Test
  void a_teacher_is_asked_once_and_its_answers_kept() throws IOException {
    Plan corrected = plan("corrected");
    Stage scrub = unlearned(corrected, "scrub/reduced/blend-20");
    assertEquals(logits(corrected, "original/whole").key(), scrub.input("logits"));
    Stage second = unlearned(corrected, "round-1/scrub/whole");
    assertEquals(logits(corrected, "scrub/whole").key(), second.input("logits"));
    assertFalse(unlearned(corrected, "cf/whole").inputs().containsKey("logits"));
  }
}
