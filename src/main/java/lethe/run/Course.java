package lethe.run;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lethe.ledger.Event;
import lethe.ledger.Fault;
import lethe.ledger.Progress;
import lethe.plan.Family;
import lethe.plan.Plan;
import lethe.plan.Stage;
import lethe.plan.StageKey;
import org.slf4j.Logger;

/**
 * The course of a run, as far as it is not the journal's: what may start next, and who is told.
 * Derived from plan and journalled events, so it is lost with the process and nobody misses it.
 * Belongs to the supervisor, whose thread alone calls it.
 */
final class Course {
  private final Logger logger;
  private final Workbench parts;
  private final Plan plan;
  private Dispatch dispatch =
      new Dispatch(Map.of(), key -> false, key -> false, 1, true); // until begun
  private boolean begun;

  Course(Logger logger, Workbench parts) {
    this.logger = logger;
    this.parts = parts;
    this.plan = parts.job().plan();
  }

  /** The artifacts have been looked at, and {@code events} say what came of that. */
  void begin(List<Event> events, Progress progress) {
    log(events);
    begun = true;
    dispatch =
        new Dispatch(
            plan.stages(),
            progress::isFinished,
            key -> progress.failedStage(key).filter(f -> f.fault() == Fault.DEVICE).isPresent(),
            parts.settings().cpuThreads(),
            parts.settings().quiet());
    dispatch.leaveOut(parts.job().leftOut());
    long standing = plan.stages().keySet().stream().filter(progress::isFinished).count();
    RunListener listener = parts.listener();
    listener.planned(plan.stages().size(), Math.toIntExact(standing));
    for (Event event : events) {
      if (event instanceof Event.ArtifactLost lost) {
        StageKey key = new StageKey(lost.key());
        listener.lost(key, plan.stage(key), lost.reason());
      } else if (event instanceof Event.StageFinished adopted) {
        StageKey key = new StageKey(adopted.key());
        listener.finished(key, plan.stage(key), adopted.seconds(), true);
      }
    }
  }

  /** The next stage, which counts as running from now on. */
  Optional<Stage> start() {
    Optional<Stage> next = dispatch.start().map(plan::stage);
    next.ifPresent(stage -> parts.listener().started(stage.key(), stage));
    return next;
  }

  /** Stages ended as {@code events}, which are journalled, say. */
  void record(List<Event> events) {
    log(events);
    for (Event event : events) {
      if (event instanceof Event.StageFinished e) {
        StageKey key = new StageKey(e.key());
        dispatch.finish(key);
        parts.listener().finished(key, plan.stage(key), e.seconds(), e.adopted());
      } else if (event instanceof Event.StageFailed e) {
        StageKey key = new StageKey(e.key());
        if (!dispatch.isResting(key)) {
          List<StageKey> skipped = dispatch.fail(key);
          parts.listener().failed(key, plan.stage(key), e.fault(), e.reason(), skipped);
        }
      }
    }
  }

  /** A failed stage is to be tried again in a while. */
  void rest(StageKey key, String reason, Duration pause) {
    dispatch.rest(key);
    parts.listener().retrying(key, plan.stage(key), reason, pause);
  }

  /** The while is over. */
  void wake(StageKey key) {
    dispatch.wake(key);
  }

  /** Nothing is tried again any more. */
  void wakeNone() {
    dispatch.wakeNone();
  }

  /** Leaves out what is left of a family. */
  void leaveOut(Family family, String reason) {
    List<StageKey> lost = dispatch.leaveOut(left(family));
    parts.listener().leftOut(family.label(), reason, lost);
  }

  /** The stages of a family that may still be left out. */
  List<StageKey> left(Family family) {
    return plan.stages().entrySet().stream()
        .filter(e -> Family.of(e.getValue()).equals(family) && dispatch.isOpen(e.getKey()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private void log(List<Event> events) {
    try {
      parts.log().append(events);
    } catch (IOException e) { // the next start writes it anew from the journal
      logger.warn("The readable log of events cannot be written", e);
    }
  }

  /** A running stage is so far. */
  void tell(Supervisor.Progressed told) {
    if (isRunning(told.key())) {
      Stage stage = plan.stage(told.key());
      parts.listener().progress(told.key(), stage, told.done(), told.total(), told.loss());
    }
  }

  /** A stage waits for another process. */
  void tell(Supervisor.DeviceBusy busy) {
    if (isRunning(busy.key())) {
      parts.listener().waiting(busy.key(), plan.stage(busy.key()), busy.process());
    }
  }

  boolean isRunning(StageKey key) {
    return dispatch.isRunning(key);
  }

  /** Whether another stage ran at some time while {@code key}, which is timed, did. */
  boolean wasOverlapped(StageKey key) {
    return dispatch.wasOverlapped(key);
  }

  /** It gave up because it was asked to, and stays undone. */
  void abandon(StageKey key) {
    dispatch.abandon(key);
  }

  /** Whether nothing runs. */
  boolean isIdle() {
    return dispatch.isIdle();
  }

  /** Whether every stage is finished, failed or skipped; never before it began. */
  boolean isOver() {
    return begun && dispatch.isOver();
  }
}
