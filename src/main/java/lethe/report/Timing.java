package lethe.report;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import lethe.plan.Cell;
import lethe.plan.StageKey;
import lethe.plan.StageKind;

/**
 * What one stage cost, in the row of one cell that uses it.
 *
 * @param key the stage; equal in the rows of all cells that share it
 * @param seconds spans by name; empty where nobody measured (adopted without a record)
 * @param shared whether other cells of the grid use the stage too
 * @param adopted whether another run did the work
 * @param device where it ran; empty where unknown
 * @param flags what misleads about the seconds, such as {@code overlapped}
 */
public record Timing(
    Cell cell,
    StageKey key,
    StageKind stage,
    Map<String, Double> seconds,
    boolean shared,
    boolean adopted,
    String device,
    List<String> flags) {
  /** Waiting for the lease. */
  public static final String WAIT = "wait";

  /** Writing progress. */
  public static final String CHECKPOINT = "checkpoint";

  /** Reading inputs, moving images to the device, writing results. */
  public static final String OVERHEAD = "overheadSeconds";

  private static final Set<String> BESIDES = Set.of(WAIT, CHECKPOINT, OVERHEAD);

  public Timing {
    seconds = Collections.unmodifiableSortedMap(new TreeMap<>(seconds));
    flags = List.copyOf(flags);
  }

  /**
   * Seconds of the work itself: every span but waiting, checkpoints and overhead. NaN where
   * unmeasured.
   */
  public double workSeconds() {
    double sum = 0;
    boolean measured = false;
    for (Map.Entry<String, Double> span : seconds.entrySet()) {
      if (!BESIDES.contains(span.getKey())) {
        sum += span.getValue();
        measured = true;
      }
    }
    return measured ? sum : Double.NaN;
  }
}
