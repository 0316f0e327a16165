package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import lethe.plan.Card;
import lethe.plan.Environment;
import lethe.plan.Grid;
import lethe.plan.GridReader;
import lethe.plan.Plan;
import lethe.plan.Repertoire;
import lethe.plan.Spec;
import lethe.plan.StageKind;
import lethe.plan.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of grids that come with Lethe. */
class PresetsTest {
  private static final Repertoire REPERTOIRE = Catalogues.repertoire();
  private static final Path PRESETS = Path.of("experiments", "presets");

  @TempDir private Path folder = Path.of("");

  /** A grid like Figure 2's that includes what {@code preset} names, as its own comment says. */
  private Grid grid(String preset) throws IOException {
    Files.createDirectories(folder.resolve("presets"));
    try (Stream<Path> files = Files.list(PRESETS)) {
      for (Path one : files.toList()) { // one may include another
        Path copy = folder.resolve("presets").resolve(one.getFileName());
        Files.copy(one, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Path file = folder.resolve("x.conf");
    Files.writeString(
        file,
        """
        include "presets/%s"
        name = x
        datasets = [ glyphs ]
        networks = [ convnet ]
        scenarios = [ none ]
        methods = [ retraining ]
        recipes = [ reduced ]
        condensers = [ blend, gm, dm, idm ]
        condense { blend.clusters-per-class = 10, gm.clusters-per-class = 10 }
        condense { dm.clusters-per-class = 10, idm.clusters-per-class = 10 }
        unlearn.retraining { epochs = 40, warmup-epochs = 0 }
        seeds = [ 1 ]
        """
            .formatted(preset));
    return GridReader.read(file, List.of(), REPERTOIRE);
  }

  private static Plan plan(Grid grid) {
    TreeMap<String, String> digests = new TreeMap<>(Map.of("glyphs", "digest"));
    Environment environment =
        new Environment("engine", "device", "fp32", 2, 0, 0, new TreeMap<>(), digests);
    return Plan.of(grid, environment, REPERTOIRE);
  }

  @Test
  void every_preset_says_how_it_is_included_and_can_be_planned() throws IOException {
    try (Stream<Path> files = Files.list(PRESETS)) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        assertTrue(Files.readString(file).contains("include \"presets/" + name + "\""), name);
        // four condensers and the original weights
        assertEquals(5, plan(grid(name)).cells().size(), name);
      }
    }
  }

  @Test
  void condensers_have_the_learning_rates_of_their_own_papers() throws IOException {
    Grid grid = grid("condensers-own.conf");
    assertEquals(1, rate(grid, "dm"));
    assertEquals(0.2, rate(grid, "idm"));
    assertEquals(0.1, rate(grid, "gm"));
  }

  private static double rate(Grid grid, String condenser) {
    Card card = Optional.ofNullable(REPERTOIRE.condensers().get(condenser)).orElseThrow();
    Spec choice =
        grid.condensers().stream().filter(c -> c.id().equals(condenser)).findFirst().orElseThrow();
    Subject subject = Subject.of(grid.datasets().get(0), 1).on(grid.networks().get(0));
    return grid.settings(choice, card, subject).number("learning-rate");
  }

  /** 40 epochs for Blend, 10 for the others, and of each the epoch that tests best. */
  @Test
  void figure_2_as_published_trains_longer_on_blend() throws IOException {
    Plan plan = plan(grid("figure2-as-published.conf"));
    List<Integer> epochs =
        plan.stages().values().stream()
            .filter(stage -> stage.kind() == StageKind.UNLEARNED)
            .peek(stage -> assertTrue(stage.settings().asPublished()))
            .map(stage -> stage.settings().integer("epochs"))
            .sorted()
            .toList();
    assertEquals(List.of(10, 10, 10, 40), epochs);
  }
}
