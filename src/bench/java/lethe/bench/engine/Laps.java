package lethe.bench.engine;

import lethe.net.EngineSession;
import lethe.net.Signals;

/** A clock for the steps of a loop: from the end of its first step to the end of its last. */
final class Laps implements Signals {
  private final EngineSession session;
  private long begin;
  private long end;
  private long steps;

  Laps(EngineSession session) {
    this.session = session;
  }

  @Override
  public boolean stopRequested() {
    return false;
  }

  @Override
  public void progress(long done, long total, double loss) {
    if (done == 1 || done == total) {
      session.sync();
      end = System.nanoTime();
      begin = done == 1 ? end : begin;
      steps = done - 1;
    }
  }

  /** Seconds a step, on average. */
  double secondsAStep() {
    return (end - begin) / 1e9 / steps;
  }
}
