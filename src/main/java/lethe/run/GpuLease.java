package lethe.run;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import lethe.plan.StageKey;

/**
 * The right to use one device: one holder at a time, first come, first served. {@link StageRun}
 * asks for it. A holder that dies loses it; a token tells a late release from a valid one. Between
 * processes the device is shared through {@link DeviceLock}.
 */
final class GpuLease extends AbstractBehavior<GpuLease.Command> {
  sealed interface Command {}

  /**
   * Asks for the device.
   *
   * @param holder who will use it, and is watched
   */
  record Acquire(StageKey key, ActorRef<?> holder, ActorRef<Reply> replyTo) implements Command {}

  /** Gives it back; without effect when the token is not the current one. */
  record Release(long token) implements Command {}

  /** Refuses whoever waits or comes later; the current holder keeps it. */
  enum Close implements Command {
    INSTANCE
  }

  private record HolderStopped(ActorRef<?> holder) implements Command {}

  private enum TryAgain implements Command {
    INSTANCE
  }

  sealed interface Reply {}

  /**
   * The device is the holder's.
   *
   * @param token higher than that of every holder before
   * @param waitedSeconds since it asked
   */
  record Granted(long token, double waitedSeconds) implements Reply {}

  record Refused(String reason) implements Reply {}

  private static final Duration POLL =
      Duration.ofMillis(20); // idle time of the device when it changes hands between processes
  private static final double NANOS = 1e9;
  private static final long SILENT_NANOS = 5_000_000_000L; // a wait this long is worth a line

  private record Waiting(Acquire request, long since) {}

  private record Holding(ActorRef<?> holder, long token) {}

  private final TimerScheduler<Command> timers;
  private final DeviceLock device;
  private final LongSupplier nanos;
  private final ActorRef<? super Supervisor.DeviceBusy> watcher;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private Optional<Holding> current = Optional.empty();
  private Optional<StageKey> told = Optional.empty(); // whose wait was told of
  private long lastToken;
  private boolean closed;

  /**
   * @param watcher told once of a stage that waits long for another process
   */
  static Behavior<Command> create(
      DeviceLock device, LongSupplier nanos, ActorRef<? super Supervisor.DeviceBusy> watcher) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new GpuLease(context, timers, device, nanos, watcher)));
  }

  private GpuLease(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      DeviceLock device,
      LongSupplier nanos,
      ActorRef<? super Supervisor.DeviceBusy> watcher) {
    super(context);
    this.timers = timers;
    this.device = device;
    this.nanos = nanos;
    this.watcher = watcher;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Acquire.class, this::onAcquire)
        .onMessage(Release.class, this::onRelease)
        .onMessage(HolderStopped.class, this::onHolderStopped)
        .onMessage(TryAgain.class, m -> grantNext())
        .onMessage(Close.class, m -> onClose())
        .onSignal(PostStop.class, s -> onPostStop())
        .build();
  }

  private Behavior<Command> onAcquire(Acquire request) {
    if (closed) {
      request.replyTo().tell(new Refused("the run is stopping"));
      return this;
    }
    getContext().watchWith(request.holder(), new HolderStopped(request.holder()));
    queue.add(new Waiting(request, nanos.getAsLong()));
    return grantNext();
  }

  private Behavior<Command> grantNext() {
    if (current.isPresent() || queue.isEmpty()) {
      return this;
    }
    if (!device.tryAcquire()) {
      tellOfLongWait(queue.element());
      timers.startSingleTimer(TryAgain.INSTANCE, POLL);
      return this;
    }
    Waiting next = queue.remove();
    long token = ++lastToken;
    current = Optional.of(new Holding(next.request().holder(), token));
    double waited = (nanos.getAsLong() - next.since()) / NANOS;
    next.request().replyTo().tell(new Granted(token, waited));
    return this;
  }

  private void tellOfLongWait(Waiting first) {
    StageKey key = first.request().key();
    boolean isLong = nanos.getAsLong() - first.since() >= SILENT_NANOS;
    if (isLong && told.filter(key::equals).isEmpty()) {
      told = Optional.of(key);
      watcher.tell(new Supervisor.DeviceBusy(key, device.holder()));
    }
  }

  private Behavior<Command> onRelease(Release release) {
    if (current.filter(h -> h.token() == release.token()).isPresent()) {
      getContext().unwatch(current.get().holder());
      takeBack();
    }
    return grantNext();
  }

  private Behavior<Command> onHolderStopped(HolderStopped stopped) {
    queue.removeIf(w -> w.request().holder().equals(stopped.holder()));
    if (queue.isEmpty()) {
      device.withdraw();
    }
    if (current.filter(h -> h.holder().equals(stopped.holder())).isPresent()) {
      takeBack();
    }
    return grantNext();
  }

  private void takeBack() {
    current = Optional.empty();
    device.release();
  }

  private Behavior<Command> onClose() {
    closed = true;
    for (Waiting waiting : queue) {
      getContext().unwatch(waiting.request().holder());
      waiting.request().replyTo().tell(new Refused("the run is stopping"));
    }
    queue.clear();
    device.withdraw();
    return this;
  }

  private Behavior<Command> onPostStop() {
    device.withdraw();
    device.release();
    return this;
  }
}
