package lethe.run;

import java.time.Duration;
import java.util.List;

/**
 * How a run uses the machine; never part of a key.
 *
 * @param cpuThreads threads of the CPU pool, at least 1
 * @param quiet whether a timed stage runs with nothing beside it, which a CPU engine needs for
 *     honest times
 * @param device the device that engine stages take turns on, such as {@code cpu} or {@code cuda-0}:
 *     every Lethe process of this user and machine that names it so
 * @param backOff the pause before each further attempt of a stage that lacked memory
 */
public record RunSettings(int cpuThreads, boolean quiet, String device, List<Duration> backOff) {
  /** Others that use the device may be gone by then. */
  public static final List<Duration> USUAL = List.of(Duration.ofSeconds(5), Duration.ofSeconds(30));

  /** With the usual pauses. */
  public RunSettings(int cpuThreads, boolean quiet, String device) {
    this(cpuThreads, quiet, device, USUAL);
  }

  public RunSettings {
    backOff = List.copyOf(backOff);
    if (cpuThreads < 1) {
      throw new IllegalArgumentException(
          "A CPU pool needs at least 1 thread, not %d".formatted(cpuThreads));
    }
  }
}
