package lethe.cli;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import lethe.plan.Plan;
import lethe.run.RunSettings;
import lethe.run.Workshop;

/**
 * What a run is fitted with whatever its experiment says; tests fit workshops that break.
 *
 * @param workshop what takes the place of the real one
 * @param backOff the pause before each further attempt of a stage that lacked memory
 * @param pause the first wait for a disk that takes nothing
 */
record Fittings(
    BiFunction<Plan, Workshop, Workshop> workshop, List<Duration> backOff, Duration pause) {
  static final Fittings USUAL =
      new Fittings((plan, real) -> real, RunSettings.USUAL, Duration.ofSeconds(15));

  Fittings {
    backOff = List.copyOf(backOff);
  }
}
