package lethe.cli;

/** Exit codes: what scripts rely on. */
final class Exit {
  /** All done. */
  static final int DONE = 0;

  /** Some cells failed; of {@code claims}: what is known to be false holds. */
  static final int FAILED = 1;

  /** Usage or configuration. */
  static final int USAGE = 2;

  /** Stopped; the same command goes on. */
  static final int STOPPED = 3;

  /** No engine, no data, no disk, or another process at work. */
  static final int ENVIRONMENT = 4;

  private Exit() {}
}
