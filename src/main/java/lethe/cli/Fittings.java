package lethe.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import lethe.plan.Plan;
import lethe.run.RunSettings;
import lethe.run.Workshop;

/**
 * What a run is fitted with whatever its experiment says; tests fit workshops that break.
 *
 * @param workshop what takes the place of the real one
 * @param backOff the pause before each further attempt of a stage that lacked memory
 * @param pause the first wait for a disk that takes nothing, by the folders that a run writes to
 */
record Fittings(
    BiFunction<Plan, Workshop, Workshop> workshop,
    List<Duration> backOff,
    Function<List<Path>, Pause> pause) {
  static final Fittings USUAL = new Fittings((plan, real) -> real, RunSettings.USUAL, Pause::usual);

  Fittings {
    backOff = List.copyOf(backOff);
  }
}
