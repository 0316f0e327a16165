package lethe.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lethe.plan.Grid;
import lethe.plan.GridReader;
import lethe.plan.Machine;
import lethe.plan.MachineReader;
import lethe.plan.Repertoire;

/**
 * An experiment as the door read it.
 *
 * @param file what the user named
 */
record Experiment(Path file, Grid grid, Machine machine, Repertoire repertoire) {
  static Experiment read(Path file, List<String> settings, Optional<Path> results) {
    if (!Files.isRegularFile(file)) {
      throw Refusal.usage("There is no experiment file " + file + ".");
    }
    Repertoire repertoire = Catalogues.repertoire();
    Machine machine = MachineReader.read(Home.folder(), settings, results, System.getenv());
    return new Experiment(file, GridReader.read(file, settings, repertoire), machine, repertoire);
  }

  static Experiment of(Request request) {
    return read(request.file(), request.settings(), request.results());
  }

  /** Where its journal and its tables are. */
  Path folder() {
    return machine.resultsDir().resolve(grid.name());
  }
}
