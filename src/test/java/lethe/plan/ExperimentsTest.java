package lethe.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that come with Lethe. */
class ExperimentsTest {
  @ParameterizedTest
  @ValueSource(strings = {"quickstart", "laptop"})
  void the_experiments_can_be_read_and_planned(String name) {
    Grid grid =
        GridReader.read(Path.of("experiments", name + ".conf"), List.of(), Fixtures.REPERTOIRE);
    assertEquals(name, grid.name());
    // 3 seeds x 2 scenarios x (3 methods x 2 recipes and the original weights)
    assertEquals(42, Plan.of(grid, Fixtures.environment(1, 0), Fixtures.REPERTOIRE).cells().size());
  }

  @Test
  void the_machine_s_file_changes_nothing_until_it_is_edited() {
    Machine machine = MachineReader.read(Path.of("."), List.of(), Optional.empty(), Map.of());
    Path home = Path.of("").toAbsolutePath();
    assertEquals(home.resolve("results").resolve("store"), machine.storeDir());
  }
}
