package lethe.net;

/**
 * The line between a running stage and whoever runs it. Both calls are cheap enough for every
 * micro-batch.
 */
public interface Signals {
  /** Whether to give up now; a loop answers with {@link StoppedException}. */
  boolean stopRequested();

  /**
   * Tells how far the stage is.
   *
   * @param done steps done
   * @param total steps in all
   * @param loss of the last step; NaN where there is none
   */
  void progress(long done, long total, double loss);

  /** These signals without progress: of a part that its whole speaks for. */
  default Signals unheard() {
    Signals heard = this;
    return new Signals() {
      @Override
      public boolean stopRequested() {
        return heard.stopRequested();
      }

      @Override
      public void progress(long done, long total, double loss) {}
    };
  }

  /** Throws {@link StoppedException} if a stop was asked for. */
  default void check() {
    if (stopRequested()) {
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
