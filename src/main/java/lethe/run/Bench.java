package lethe.run;

import akka.actor.typed.ActorRef;
import java.util.Optional;
import java.util.concurrent.Executor;
import lethe.ledger.Fault;
import lethe.ledger.StoreException;
import lethe.net.StoppedException;
import lethe.plan.StageKey;
import org.slf4j.LoggerFactory;

/**
 * What every stage's actor works with.
 *
 * @param quiet whether nothing may run beside a timed stage, of this process or another
 * @param cpu the bounded pool
 * @param watcher who is told how far a stage is
 */
record Bench(
    Workshop workshop,
    StopFlag stop,
    boolean quiet,
    Executor cpu,
    ActorRef<GpuLease.Command> lease,
    ActorRef<EngineHost.Command> engine,
    ActorRef<? super Supervisor.Progressed> watcher) {

  private static final int LONGEST = 300; // characters of a reason

  /** Does one stage on the calling thread; everything that goes wrong becomes an answer. */
  static StageReply perform(
      StageKey key,
      Workshop workshop,
      StopFlag stop,
      ActorRef<? super Supervisor.Progressed> watcher) {
    if (stop.isRaised()) {
      return new StageReply.Abandoned(key);
    }
    try {
      Workshop.Done done = workshop.perform(key, new StageSignals(key, stop, watcher));
      return new StageReply.Performed(
          key, done.digest(), done.seconds(), done.flags(), done.adopted());
    } catch (Throwable e) { // an Error of one stage (no memory, no kernel) must not end the others
      if (stop.isRaised() && Faults.anyIn(e, StoppedException.class)) {
        return new StageReply.Abandoned(key);
      }
      Optional<StoreException> store = Faults.first(e, StoreException.class);
      if (store.isPresent()) {
        return new StageReply.StoreFull(key, String.valueOf(store.get().getMessage()));
      }
      LoggerFactory.getLogger(Bench.class).info("Stage {} failed", key.brief(), e);
      return refusal(key, e, workshop);
    }
  }

  private static StageReply refusal(StageKey key, Throwable e, Workshop workshop) {
    Fault fault = Faults.of(e);
    if (fault == Fault.MEMORY) {
      workshop.relieve();
    }
    return new StageReply.Refused(key, reason(e), fault);
  }

  /**
   * One sentence for people; the class says something only where no message does. The engine's
   * messages go on for pages: their first line says what happened.
   */
  static String reason(Throwable e) {
    String message = String.valueOf(e.getMessage() == null ? "" : e.getMessage());
    String name = e.getClass().getSimpleName();
    message = message.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse("");
    if (message.isEmpty()) {
      return name;
    }
    if (message.length() > LONGEST) {
      message = message.substring(0, LONGEST) + " ...";
    }
    boolean bug = e instanceof RuntimeException && e.getClass().getName().startsWith("java.");
    return bug || e instanceof Error ? name + ": " + message : message;
  }
}
