package lethe.net;

/**
 * The line between a running stage and whoever runs it. Both calls are cheap enough for every
 * micro-batch.
 */
public interface Signals {
  /** Whether to give up now; a loop answers with {@link StoppedException}. */
  boolean stopRequested();

  /**
   * Whether a stop was asked for so long ago that not even the next checkpoint can be waited for.
   */
  default boolean stopOverdue() {
    return stopRequested();
  }

  /**
   * Most epochs of a training, steps of a pass and steps of any other loop: two in a rehearsal, all
   * of them elsewhere.
   */
  default int mostSteps() {
    return Integer.MAX_VALUE;
  }

  /**
   * Tells how far the stage is.
   *
   * @param done steps done
   * @param total steps in all
   * @param loss of the last step; NaN where there is none
   */
  void progress(long done, long total, double loss);

  /** What the stage leaves on its way, to go on from when it is cut. */
  default Checkpoints checkpoints() {
    return Checkpoints.NONE;
  }

  /** These signals with checkpoints. */
  default Signals leaving(Checkpoints checkpoints) {
    return new Relayed(this, checkpoints, true);
  }

  /** These signals without progress and checkpoints: of a part that its whole speaks for. */
  default Signals unheard() {
    return new Relayed(this, Checkpoints.NONE, false);
  }

  /** Throws {@link StoppedException} if a stop was asked for. */
  default void check() {
    if (stopRequested()) {
      throw new StoppedException();
    }
  }

  /**
   * The same inside a step at whose end a checkpoint may be left: gives up only when that would
   * take too long.
   */
  default void checkInsideStep() {
    if (stopOverdue()) {
      throw new StoppedException();
    }
  }

  /** Signals of work nobody watches or stops. */
  Signals NONE =
      new Signals() {
        @Override
        public boolean stopRequested() {
          return false;
        }

        @Override
        public void progress(long done, long total, double loss) {}
      };
}
