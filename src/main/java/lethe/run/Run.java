package lethe.run;

/**
 * One run of an experiment: what the door starts, waits for and may stop.
 *
 * <p>It starts from what the journal and the store say, so the same call starts and resumes.
 */
public final class Run {
  private final Job job;
  private final Workshop workshop;
  private final RunSettings settings;
  private final RunListener listener;
  private final StopFlag stop = new StopFlag();

  public Run(Job job, Workshop workshop, RunSettings settings, RunListener listener) {
    this.job = job;
    this.workshop = workshop;
    this.settings = settings;
    this.listener = listener;
  }

  /** Runs until all is done, failed or stopped; to be called once. Blocks. */
  public RunOutcome start() {
    throw new UnsupportedOperationException(job + " " + workshop + " " + settings + " " + listener);
  }

  /**
   * Asks the run to end: no new stages, and the running ones give up at their next micro-batch.
   * {@link #start} returns within seconds. May come from any thread, a signal handler's too.
   */
  public void requestStop() {
    stop.raise();
  }
}
