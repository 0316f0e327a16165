package lethe.report;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
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
 * @param flags what misleads about the seconds, such as {@code overlapped}; {@code disturbed} comes
 *     by itself
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

  /** What other processes took of the processors while the stage ran, on average over them. */
  public static final String OTHERS = "othersSeconds";

  /** The flag of a stage from which others took more than {@link #MUCH} of its time. */
  static final String DISTURBED = "disturbed";

  private static final double MUCH = 0.05; // a quiet machine's own services take a fifth of that
  private static final double GRAIN = 0.05; // seconds; below, the kernel's ticks are too coarse
  private static final Set<String> BESIDES = Set.of(WAIT, CHECKPOINT, OVERHEAD, OTHERS);

  public Timing {
    seconds = Collections.unmodifiableSortedMap(new TreeMap<>(seconds));
    flags = isDisturbed(stage, seconds) ? with(flags, DISTURBED) : List.copyOf(flags);
  }

  private static boolean isDisturbed(StageKind stage, Map<String, Double> seconds) {
    double others = seconds.getOrDefault(OTHERS, 0.0);
    double whole = work(seconds) + seconds.getOrDefault(OVERHEAD, 0.0);
    return stage.timed() && others > Math.max(GRAIN, MUCH * whole);
  }

  private static List<String> with(List<String> flags, String flag) {
    return Stream.concat(flags.stream(), Stream.of(flag)).distinct().sorted().toList();
  }

  /** {@link #work} of this one. */
  public double workSeconds() {
    return work(seconds);
  }

  /**
   * Seconds of the work itself: every span but waiting, checkpoints and overhead. NaN where
   * unmeasured.
   */
  public static double work(Map<String, Double> seconds) {
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
