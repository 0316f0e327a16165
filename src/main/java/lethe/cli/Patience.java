package lethe.cli;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import lethe.run.Obstacle;
import lethe.run.RunOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Outlasts obstacles that may pass: a run waits until the disk takes something and goes on. Where
 * it meets the next one without having finished a stage, it waits longer; when the same stays
 * although room is not what is missing, waiting does not help.
 */
final class Patience {
  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
  private static final int SAME = 6; // in a row, over eight minutes: no matter of time

  private final Pause usual;
  private final StopSignals signals;
  private Pause pause;
  private String last = "";
  private int same;

  /**
   * @param usual the first pause, and the first after a stage was done
   */
  Patience(Pause usual, StopSignals signals) {
    this.usual = usual;
    this.pause = usual;
    this.signals = signals;
  }

  /**
   * Waits for what stopped a run to pass.
   *
   * @return whether to go on
   */
  boolean outlasts(RunOutcome outcome) throws InterruptedException {
    Optional<Obstacle> obstacle = outcome.obstacle().filter(Obstacle::mayPass);
    if (obstacle.isEmpty() || signals.received()) {
      return false;
    }
    count(obstacle.get(), outcome.performed());
    if (same >= SAME && pause.hasPlenty()) {
      LOG.info("The disk takes what it is given, but the run met the same {} times", same);
      return false;
    }
    LOG.info("PAUSE  {} The run goes on by itself when that passes.", obstacle.get().sentence());
    CountDownLatch stop = new CountDownLatch(1);
    signals.onFirst(stop::countDown);
    if (!pause.untilWritable(stop)) {
      return false;
    }
    LOG.info("GO ON  The disk takes something again.");
    pause = pause.longer();
    return true;
  }

  /**
   * Numbers and keys apart: the room that is left, and which stage met it, change by themselves.
   */
  private void count(Obstacle obstacle, int performed) {
    String now = obstacle.sentence().replaceAll("[0-9a-f]{10,}|[0-9]+", "#");
    if (performed > 0) {
      pause = usual;
    }
    same = performed == 0 && now.equals(last) ? same + 1 : 1;
    last = now;
  }
}
