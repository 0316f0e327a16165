package lethe.watch;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import lethe.plan.StageKey;

/**
 * How much of a run's time the engine had something to do: of the time from its first stage's begin
 * to its last one's end, what stages took that had the device. Stages that are done one after the
 * other, as the lease has it.
 */
final class EngineUse {
  private final Map<StageKey, Double> begun = new HashMap<>(); // seconds
  private double first = Double.NaN;
  private double last = Double.NEGATIVE_INFINITY;
  private double busy;

  void started(StageKey key, double now) {
    begun.put(key, now);
  }

  /**
   * A stage ended, well or not.
   *
   * @param waited seconds that it waited for the device, as far as it told
   */
  void ended(StageKey key, double now, double waited) {
    Double start = begun.remove(key);
    if (start == null) {
      return; // found in the store
    }
    double alone = Math.max(start + waited, last); // before, others had the device
    first = Double.isNaN(first) ? alone : first;
    busy += Math.max(0, now - alone);
    last = now;
  }

  /** The share of time without work, 0 to 1; empty before the second stage. */
  Optional<Double> idle() {
    double span = last - first;
    return span > 0 ? Optional.of(1 - busy / span) : Optional.empty();
  }

  /** For people; empty where the engine did nothing. */
  Optional<String> sentence() {
    return idle()
        .map(
            share ->
                String.format(
                    Locale.ROOT,
                    "engine at work %.1f%% of %s, from its first stage to its last",
                    100 * (1 - share),
                    Console.span(last - first)));
  }
}
