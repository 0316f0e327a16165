package lethe.run;

import akka.actor.typed.ActorRef;
import lethe.net.Signals;
import lethe.plan.StageKey;

/** The line between one running stage and the supervisor; used by the stage's thread alone. */
final class StageSignals implements Signals {
  private static final long INTERVAL_NANOS = 250_000_000L; // four lines a second are enough to read

  private final StageKey key;
  private final StopFlag stop;
  private final ActorRef<? super Supervisor.Progressed> watcher;
  private long last = System.nanoTime() - INTERVAL_NANOS;

  StageSignals(StageKey key, StopFlag stop, ActorRef<? super Supervisor.Progressed> watcher) {
    this.key = key;
    this.stop = stop;
    this.watcher = watcher;
  }

  @Override
  public boolean stopRequested() {
    return stop.isRaised();
  }

  @Override
  public boolean stopOverdue() {
    return stop.isOverdue();
  }

  @Override
  public void progress(long done, long total, double loss) {
    long now = System.nanoTime();
    if (now - last >= INTERVAL_NANOS || done == total) {
      last = now;
      watcher.tell(new Supervisor.Progressed(key, done, total, loss));
    }
  }
}
