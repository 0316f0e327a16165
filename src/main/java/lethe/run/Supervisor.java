package lethe.run;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.SignalHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import lethe.ledger.Event;
import lethe.ledger.Failpoint;
import lethe.ledger.Progress;
import lethe.plan.Family;
import lethe.plan.Plan;
import lethe.plan.Stage;
import lethe.plan.StageKey;

/**
 * Leads a run: replays the journal, looks at the artifacts, has ready stages done by its {@link
 * Crew} and journals what came of them. An artifact is in place before its event is written; a
 * crash between the two is found again at the next start and costs nothing.
 *
 * <p>{@link Run} starts it and may stop it; {@link Batcher} reports to it.
 */
final class Supervisor extends EventSourcedBehavior<Supervisor.Command, Event, Progress> {
  sealed interface Command {}

  /** Stages answered. */
  record Report(List<StageReply> replies, ActorRef<Batcher.Command> replyTo) implements Command {
    public Report {
      replies = List.copyOf(replies);
    }
  }

  /** A running stage tells how far it is. */
  record Progressed(StageKey key, long done, long total, double loss) implements Command {}

  /**
   * A stage waits for the device that another process has.
   *
   * @param process its number, where it is known
   */
  record DeviceBusy(StageKey key, Optional<Long> process) implements Command {}

  /** Starts nothing more and ends when nothing runs. */
  enum Stop implements Command {
    INSTANCE
  }

  private record Verified(List<Verification.Finding> findings) implements Command {}

  private record Obstructed(Obstacle obstacle) implements Command {}

  private record TryAgain(StageKey key) implements Command {}

  /**
   * The run ended.
   *
   * @param obstacle why early; empty when it just ended
   */
  record Ended(boolean stopped, Optional<Obstacle> obstacle) {}

  private enum Phase {
    VERIFYING,
    RUNNING,
    STOPPING,
    ENDED
  }

  private final ActorContext<Command> context;
  private final Workbench parts;
  private final Plan plan;
  private final ActorRef<Ended> replyTo;
  private final Crew crew;
  private final Entries entries;
  private final Executor cpu;
  private Phase phase = Phase.VERIFYING;
  private final Course course;
  private final TimerScheduler<Command> timers;
  private final Failures failures;
  private Optional<Obstacle> obstacle = Optional.empty();

  static Behavior<Command> create(Workbench parts, ActorRef<Ended> replyTo) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new Supervisor(context, timers, parts, replyTo)));
  }

  private Supervisor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Workbench parts,
      ActorRef<Ended> replyTo) {
    super(PersistenceId.ofUniqueId(parts.job().experiment()));
    this.timers = timers;
    this.failures = new Failures(parts.settings().backOff());
    this.context = context;
    this.parts = parts;
    this.plan = parts.job().plan();
    this.replyTo = replyTo;
    this.entries = new Entries(parts.job(), parts.settings().quiet());
    this.course = new Course(context.getLog(), parts);
    this.cpu =
        context
            .getSystem()
            .dispatchers()
            .lookup(DispatcherSelector.fromConfig("lethe.cpu-dispatcher"));
    this.crew = Crew.spawn(context, parts, cpu);
  }

  @Override
  public Progress emptyState() {
    return Progress.NONE;
  }

  @Override
  public EventHandler<Progress, Event> eventHandler() {
    return Progress::apply;
  }

  @Override
  public SignalHandler<Progress> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::onRecovered)
        .onSignal(ChildFailed.class, (state, signal) -> onChildFailed(signal))
        .build();
  }

  @Override
  public CommandHandler<Command, Event, Progress> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(Verified.class, this::onVerified)
        .onCommand(Report.class, this::onReport)
        .onCommand(Progressed.class, (state, command) -> onProgressed(command))
        .onCommand(DeviceBusy.class, (state, command) -> onDeviceBusy(command))
        .onCommand(Obstructed.class, (state, command) -> onObstructed(command))
        .onCommand(TryAgain.class, (state, command) -> onTryAgain(command))
        .onCommand(Stop.class, command -> onStop())
        .build();
  }

  private void onRecovered(Progress progress) {
    List<StageKey> keys = List.copyOf(plan.stages().keySet());
    Verification verification = new Verification(parts.job().store(), progress, parts.stop());
    context.pipeToSelf(
        verification
            .look(keys, parts.settings().cpuThreads(), cpu)
            .thenApplyAsync(verification::setAside, cpu),
        (findings, fault) ->
            fault == null ? new Verified(findings) : new Obstructed(Obstacle.ofCheck(fault)));
  }

  private Effect<Event, Progress> onVerified(Progress progress, Verified verified) {
    if (phase != Phase.VERIFYING) {
      return Effect().none(); // stopped meanwhile
    }
    List<Event> events = entries.ofStart(progress, verified.findings(), parts.now().getAsLong());
    return Effect().persist(events).thenRun((Progress after) -> begin(events, after));
  }

  private void begin(List<Event> events, Progress progress) {
    course.begin(events, progress);
    if (phase == Phase.VERIFYING) {
      phase = Phase.RUNNING;
    }
    startReady();
  }

  private void startReady() {
    if (parts.stop().isRaised()) {
      stopStarting();
    }
    while (phase == Phase.RUNNING) {
      Optional<Stage> next = course.start();
      if (next.isEmpty()) {
        break;
      }
      crew.perform(next.get());
    }
    if (course.isIdle()) {
      end();
    }
  }

  private Effect<Event, Progress> onReport(Progress progress, Report report) {
    List<Event> events = entriesOf(report.replies(), progress);
    Map<Family, String> families = new LinkedHashMap<>();
    for (Event event : List.copyOf(events)) {
      if (event instanceof Event.StageFailed failed && !isTriedAgain(failed)) {
        Stage stage = plan.stage(new StageKey(failed.key()));
        failures.givenUp(stage, failed.reason()).ifPresent(f -> families.put(f, failed.reason()));
      }
    }
    families.forEach(
        (family, reason) ->
            events.add(
                new Event.FamilyStopped(
                    family.label(), reason, course.left(family).size(), parts.now().getAsLong())));
    Failpoint.Hook failpoints = parts.job().store().failpoints();
    failpoints.reached(Failpoint.EVENT_READY);
    return Effect()
        .persist(events)
        .thenRun(
            (Progress after) -> {
              failpoints.reached(Failpoint.EVENT_JOURNALLED);
              course.record(events);
              families.forEach(course::leaveOut);
              report.replyTo().tell(Batcher.Recorded.INSTANCE);
              startReady();
            });
  }

  private List<Event> entriesOf(List<StageReply> replies, Progress progress) {
    List<Event> events = new ArrayList<>();
    Set<StageKey> answered = new HashSet<>();
    for (StageReply reply : replies) {
      StageKey key = reply.key();
      if (!course.isRunning(key) || !answered.add(key)) {
        continue; // answered before
      }
      if (phase != Phase.RUNNING && failures.mayHelpLater(reply)) {
        course.abandon(key); // its further attempts are the next run's
        continue;
      }
      entries
          .of(reply, progress, failures, course.wasOverlapped(key), parts.now().getAsLong())
          .ifPresentOrElse(events::add, () -> course.abandon(key));
      Obstacle.of(reply)
          .ifPresent(
              met -> {
                obstacle = obstacle.filter(o -> !o.mayPass()).or(() -> Optional.of(met));
                stopStarting();
              });
    }
    return events;
  }

  /** Has a stage rest that may do better later. */
  private boolean isTriedAgain(Event.StageFailed failed) {
    StageKey key = new StageKey(failed.key());
    Optional<Duration> pause =
        phase == Phase.RUNNING ? failures.again(key, failed.fault()) : Optional.empty();
    pause.ifPresent(
        time -> {
          course.rest(key, failed.reason(), time);
          timers.startSingleTimer(key, new TryAgain(key), time);
        });
    return pause.isPresent();
  }

  private Effect<Event, Progress> onTryAgain(TryAgain command) {
    course.wake(command.key());
    startReady();
    return Effect().none();
  }

  private Effect<Event, Progress> onProgressed(Progressed told) {
    course.tell(told);
    return Effect().none();
  }

  private Effect<Event, Progress> onDeviceBusy(DeviceBusy busy) {
    course.tell(busy);
    return Effect().none();
  }

  private Effect<Event, Progress> onStop() {
    stopStarting();
    if (course.isIdle()) {
      end();
    }
    return Effect().none();
  }

  private void stopStarting() {
    if (phase == Phase.RUNNING || phase == Phase.VERIFYING) {
      phase = Phase.STOPPING;
      course.wakeNone();
      crew.closeLease();
    }
  }

  private Effect<Event, Progress> onObstructed(Obstructed obstructed) {
    obstacle = Optional.of(obstructed.obstacle());
    end();
    return Effect().none();
  }

  private void onChildFailed(ChildFailed signal) {
    String part = signal.getRef().path().name();
    obstacle =
        Optional.of(
            Obstacle.lasting(
                "The actor %s broke: %s".formatted(part, Bench.reason(signal.getCause()))));
    end();
  }

  private void end() {
    if (phase != Phase.ENDED) {
      boolean stopped = phase == Phase.STOPPING && obstacle.isEmpty() && !course.isOver();
      phase = Phase.ENDED;
      replyTo.tell(new Ended(stopped, obstacle));
    }
  }
}
