package lethe.plan;

import java.nio.file.Path;

/**
 * The user's machine: where things are and what may be used. None of it enters a key, except that
 * {@code engineThreads}, {@code microBatch} and {@code memory} become part of the {@link
 * Environment}.
 *
 * @param engineThreads threads of one engine operation; 0 to let Lethe choose
 * @param cpuThreads threads of the pool for CPU stages; 0 to let Lethe choose
 * @param dataDir absolute folder of the datasets
 * @param resultsDir absolute folder of the experiments' folders
 * @param storeDir absolute folder of the artifacts
 * @param microBatch most images in one pass of a training step; 0 for as many as {@code memory}
 *     bears
 * @param memory bytes of the device that a stage may take; 0 for no limit
 * @param fetch whether a run may fetch datasets that are missing
 * @param checkpointEvery seconds between two checkpoints of a stage that trains or condenses
 * @param retreats whether stages that ran out of memory are tried with smaller passes, as other
 *     cells
 * @param pauses whether a run waits where the disk takes nothing, instead of ending
 * @param preflight what a run looks at before its first stage
 */
public record Machine(
    Device device,
    int engineThreads,
    int cpuThreads,
    Path dataDir,
    Path resultsDir,
    Path storeDir,
    QuietTiming quietTiming,
    int microBatch,
    long memory,
    boolean fetch,
    double checkpointEvery,
    boolean retreats,
    boolean pauses,
    Preflight preflight) {

  /** Where the engine runs. */
  public enum Device {
    AUTO,
    CPU,
    CUDA
  }

  /** Whether CPU stages wait while a timed stage runs. */
  public enum QuietTiming {
    /** On where the engine computes on the CPU, off elsewhere. */
    AUTO,
    ON,
    OFF
  }

  /** Whether a run looks first at what it would otherwise find out hours later. */
  public enum Preflight {
    /** At the disk, and where the grid takes long at each of its arms. */
    AUTO,
    ON,
    OFF
  }
}
