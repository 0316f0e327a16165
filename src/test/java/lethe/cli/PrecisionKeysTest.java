package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lethe.plan.Environment;
import lethe.plan.GridException;
import lethe.plan.GridReader;
import lethe.plan.Plan;
import lethe.plan.StageKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code precision = bf16} changes in a plan of Lethe's own catalogues. */
class PrecisionKeysTest {
  @TempDir private Path folder = Path.of("");

  private Plan plan(String network, String condenser) throws IOException {
    Path file = folder.resolve("x.conf");
    Files.writeString(
        file,
        """
        name = x
        datasets = [ glyphs ]
        networks = [ %s ]
        scenarios = [ uniform-10 ]
        methods = [ cf ]
        recipes = [ whole, reduced ]
        condensers = [ %s ]
        seeds = [ 1 ]
        condense.blend.clusters-per-class = 20
        """
            .formatted(network, condenser));
    return Plan.of(
        GridReader.read(file, List.of(), Catalogues.repertoire()),
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

  private static Map<StageKind, Long> keptFrom(Plan first, Plan second) {
    return second.stages().values().stream()
        .filter(stage -> first.stages().containsKey(stage.key()))
        .collect(Collectors.groupingBy(stage -> stage.kind(), TreeMap::new, Collectors.counting()));
  }

  @Test
  void a_network_in_bf16_shares_only_what_needs_no_network() throws IOException {
    Plan single = plan("convnet", "blend");
    Plan rounded = plan("{ id = convnet, precision = bf16 }", "blend");
    assertEquals(
        List.of(
            StageKind.SPLIT,
            StageKind.FEATURES,
            StageKind.CLUSTERS,
            StageKind.PARTS,
            StageKind.PROTOTYPES),
        List.copyOf(keptFrom(single, rounded).keySet()).stream().sorted().toList());
    assertEquals(
        Map.of("precision", "bf16"), rounded.cells().iterator().next().network().departures());
  }

  @Test
  void fp32_is_in_no_key_so_what_was_finished_before_there_was_a_choice_stays() throws IOException {
    Plan plain = plan("convnet", "blend");
    Plan said = plan("{ id = convnet, precision = fp32 }", "{ id = blend, precision = fp32 }");
    assertEquals(plain.stages().keySet(), said.stages().keySet());
    assertTrue(
        plain.stages().values().stream()
            .flatMap(stage -> stage.ingredients().keySet().stream())
            .noneMatch(name -> name.endsWith("settings.precision")));
  }

  @Test
  void a_condenser_in_bf16_makes_other_prototypes_and_says_so() throws IOException {
    Plan single = plan("convnet", "blend");
    Plan rounded = plan("convnet", "{ id = blend, precision = bf16 }");
    assertTrue(keptFrom(single, rounded).containsKey(StageKind.ORIGINAL));
    assertTrue(!keptFrom(single, rounded).containsKey(StageKind.PROTOTYPES));
    assertTrue(
        rounded.cells().stream()
            .flatMap(cell -> cell.condenser().stream())
            .allMatch(condenser -> condenser.departures().equals(Map.of("precision", "bf16"))));
  }

  @Test
  void another_precision_is_refused_with_those_there_are() {
    GridException refused =
        assertThrows(
            GridException.class, () -> plan("{ id = convnet, precision = fp16 }", "blend"));
    assertTrue(String.valueOf(refused.getMessage()).contains("fp32, bf16"), refused::toString);
  }
}
