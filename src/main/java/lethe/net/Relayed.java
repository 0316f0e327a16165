package lethe.net;

/**
 * Signals of a part of the work of others.
 *
 * @param heard whether its progress is told
 */
record Relayed(Signals whole, Checkpoints checkpoints, boolean heard) implements Signals {
  @Override
  public boolean stopRequested() {
    return whole.stopRequested();
  }

  @Override
  public boolean stopOverdue() {
    return whole.stopOverdue();
  }

  @Override
  public int mostSteps() {
    return whole.mostSteps();
  }

  @Override
  public void progress(long done, long total, double loss) {
    if (heard) {
      whole.progress(done, total, loss);
    }
  }
}
