package lethe.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lethe.ledger.Fault;
import lethe.plan.Stage;
import lethe.plan.StageKey;

/**
 * Watches a run. Calls come from one thread, one at a time, and hold up the run while they last: be
 * quick.
 */
public interface RunListener {
  /** A listener that does nothing. */
  RunListener NONE = new RunListener() {};

  /**
   * The artifacts were looked at; work begins.
   *
   * @param stages stages of the plan
   * @param finished those whose artifact stands, the adopted ones too
   */
  default void planned(int stages, int finished) {}

  default void started(StageKey key, Stage stage) {}

  /**
   * A stage waits long for a device that another process has.
   *
   * @param process its number, where it is known
   */
  default void waiting(StageKey key, Stage stage, Optional<Long> process) {}

  /** A running stage tells how far it is; a few times a second at most. */
  default void progress(StageKey key, Stage stage, long done, long total, double loss) {}

  /**
   * A stage stands in the journal as finished.
   *
   * @param seconds spans by name; {@code wait} is the time it waited for the device
   * @param adopted whether its artifact was there already, at the start or when its turn came, so
   *     that nothing was done
   */
  default void finished(StageKey key, Stage stage, Map<String, Double> seconds, boolean adopted) {}

  /**
   * A stage failed.
   *
   * @param skipped what depends on it, directly or not, and is left out for its sake
   */
  default void failed(
      StageKey key, Stage stage, Fault fault, String reason, List<StageKey> skipped) {}

  /** A stage lacked memory and is tried again after a pause. */
  default void retrying(StageKey key, Stage stage, String reason, Duration pause) {}

  /**
   * Too many stages that are alike failed alike.
   *
   * @param family what they have in common
   * @param skipped the others of them and what depends on those, left out of this run
   */
  default void leftOut(String family, String reason, List<StageKey> skipped) {}

  /** A finished stage's artifact is gone or altered: it will be done again. */
  default void lost(StageKey key, Stage stage, String reason) {}
}
