package lethe.run;

/**
 * How a run uses the machine; never part of a key.
 *
 * @param cpuThreads threads of the CPU pool, at least 1
 * @param quiet whether a timed stage runs with nothing beside it, which a CPU engine needs for
 *     honest times
 * @param device the device that engine stages take turns on, such as {@code cpu} or {@code cuda-0}:
 *     every Lethe process of this user and machine that names it so
 */
public record RunSettings(int cpuThreads, boolean quiet, String device) {
  public RunSettings {
    if (cpuThreads < 1) {
      throw new IllegalArgumentException(
          "A CPU pool needs at least 1 thread, not %d".formatted(cpuThreads));
    }
  }
}
