package lethe.run;

import lethe.net.Signals;
import lethe.net.StoppedException;
import lethe.plan.StageKey;

/**
 * A workshop whose stages take two steps of each loop. Each is stopped after its first, so that it
 * leaves a checkpoint, and goes on from there.
 */
public final class RehearsedWorkshop implements Workshop {
  private static final int STEPS = 2;

  private final Workshop workshop;

  public RehearsedWorkshop(Workshop workshop) {
    this.workshop = workshop;
  }

  /** Signals of a rehearsed stage. */
  private static final class Brief implements Signals {
    private final Signals signals;
    private final boolean stops;
    private boolean stepped;

    /**
     * @param stops whether to ask for a stop after the first step
     */
    Brief(Signals signals, boolean stops) {
      this.signals = signals;
      this.stops = stops;
    }

    @Override
    public boolean stopRequested() {
      return signals.stopRequested() || (stops && stepped);
    }

    @Override
    public boolean stopOverdue() {
      return signals.stopOverdue();
    }

    @Override
    public int mostSteps() {
      return STEPS;
    }

    @Override
    public void progress(long done, long total, double loss) {
      stepped = true;
      signals.progress(done, total, loss);
    }
  }

  @Override
  public void openEngine() {
    workshop.openEngine();
  }

  @Override
  public Done perform(StageKey key, Signals signals) throws Exception {
    try {
      return workshop.perform(key, new Brief(signals, true));
    } catch (StoppedException e) {
      signals.check(); // it may have been meant
      return workshop.perform(key, new Brief(signals, false));
    }
  }

  @Override
  public void relieve() {
    workshop.relieve();
  }

  @Override
  public void close() {
    workshop.close();
  }
}
