package lethe.watch;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import lethe.plan.StageKey;

/**
 * How much of a run's time the engine was at work: of the time from its first stage's begin to its
 * last one's end, the work of stages, without what they read and wrote. Stages are done one after
 * the other, as the lease has it.
 */
final class EngineUse {
  private final Map<StageKey, Double> begun = new HashMap<>(); // seconds
  private double first = Double.NaN;
  private double last = Double.NEGATIVE_INFINITY;
  private double busy;

  void started(StageKey key, double now) {
    begun.put(key, now);
  }

  /** A stage was found done when its turn came. */
  void forget(StageKey key) {
    begun.remove(key);
  }

  /**
   * A stage ended.
   *
   * @param waited seconds that it waited for the device
   * @param work seconds of its own work; NaN where it did not tell
   */
  void ended(StageKey key, double now, double waited, double work) {
    Double start = begun.remove(key);
    if (start == null) {
      return; // found in the store
    }
    double alone = Math.max(start + waited, last); // before, others had the device
    first = Double.isNaN(first) ? alone : first;
    double whole = Math.max(0, now - alone);
    busy += Double.isNaN(work) ? whole : Math.min(whole, work);
    last = now;
  }

  /** The share of time without work, 0 to 1; empty before a stage was done. */
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
