package lethe.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lethe.ledger.Fault;
import lethe.plan.Stage;
import lethe.plan.StageKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what the supervisor reports and passes it on; a listener that breaks is not asked again.
 * The supervisor's thread reports, whoever waits for the run reads.
 */
final class Tally implements RunListener {
  private final int stages;
  private RunListener listener;
  private int finished;
  private int performed;
  private int skipped;
  private final Set<StageKey> running = new HashSet<>();
  private final List<RunOutcome.Failure> failures = new ArrayList<>();
  private final List<RunOutcome.LeftOut> families = new ArrayList<>();

  Tally(int stages, RunListener listener) {
    this.stages = stages;
    this.listener = listener;
  }

  synchronized RunOutcome outcome(boolean stopped, Optional<Obstacle> obstacle) {
    return new RunOutcome(
        stages, finished, performed, skipped, failures, families, stopped, obstacle);
  }

  @Override
  public synchronized void planned(int count, int standing) {
    finished = standing;
    pass(() -> listener.planned(count, standing));
  }

  @Override
  public synchronized void started(StageKey key, Stage stage) {
    running.add(key);
    pass(() -> listener.started(key, stage));
  }

  @Override
  public synchronized void waiting(StageKey key, Stage stage, Optional<Long> process) {
    pass(() -> listener.waiting(key, stage, process));
  }

  @Override
  public synchronized void progress(StageKey key, Stage stage, long done, long total, double loss) {
    pass(() -> listener.progress(key, stage, done, total, loss));
  }

  @Override
  public synchronized void finished(
      StageKey key, Stage stage, Map<String, Double> seconds, boolean adopted) {
    if (running.remove(key)) { // others were adopted at the start, and counted with the plan
      finished++;
      performed += adopted ? 0 : 1;
    }
    pass(() -> listener.finished(key, stage, seconds, adopted));
  }

  @Override
  public synchronized void failed(
      StageKey key, Stage stage, Fault fault, String reason, List<StageKey> left) {
    failures.add(new RunOutcome.Failure(key, stage, fault, reason));
    skipped += left.size();
    pass(() -> listener.failed(key, stage, fault, reason, left));
  }

  @Override
  public synchronized void retrying(StageKey key, Stage stage, String reason, Duration pause) {
    running.remove(key);
    pass(() -> listener.retrying(key, stage, reason, pause));
  }

  @Override
  public synchronized void leftOut(String family, String reason, List<StageKey> left) {
    families.add(new RunOutcome.LeftOut(family, reason, left.size()));
    skipped += left.size();
    pass(() -> listener.leftOut(family, reason, left));
  }

  @Override
  public synchronized void lost(StageKey key, Stage stage, String reason) {
    pass(() -> listener.lost(key, stage, reason));
  }

  private void pass(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      Logger log = LoggerFactory.getLogger(Tally.class);
      log.warn("What watches the run broke and is not told any more", e);
      listener = RunListener.NONE;
    }
  }
}
