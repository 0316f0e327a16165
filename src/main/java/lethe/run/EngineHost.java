package lethe.run;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import java.util.Optional;
import lethe.plan.StageKey;

/**
 * The engine's thread. It lives as long as the run, on a pinned dispatcher, and works inside {@code
 * receive}: it cannot die or take a second stage while native code runs. {@link StageRun} talks to
 * it, with the token of its lease.
 */
final class EngineHost extends AbstractBehavior<EngineHost.Command> {
  sealed interface Command {}

  /**
   * Does an engine stage.
   *
   * @param token of the lease; one that is older than another seen before is refused
   */
  record Perform(StageKey key, long token, ActorRef<StageReply> replyTo) implements Command {}

  private final Workshop workshop;
  private final StopFlag stop;
  private final ActorRef<? super Supervisor.Progressed> watcher;
  private boolean opened;
  private Optional<String> fault = Optional.empty();
  private long newest;

  static Behavior<Command> create(
      Workshop workshop, StopFlag stop, ActorRef<? super Supervisor.Progressed> watcher) {
    return Behaviors.setup(context -> new EngineHost(context, workshop, stop, watcher));
  }

  private EngineHost(
      ActorContext<Command> context,
      Workshop workshop,
      StopFlag stop,
      ActorRef<? super Supervisor.Progressed> watcher) {
    super(context);
    this.workshop = workshop;
    this.stop = stop;
    this.watcher = watcher;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Perform.class, this::onPerform)
        .onSignal(PostStop.class, s -> onPostStop())
        .build();
  }

  private Behavior<Command> onPerform(Perform command) {
    if (command.token() < newest) {
      command
          .replyTo()
          .tell(new StageReply.Refused(command.key(), "its lease on the device had ended"));
      return this;
    }
    newest = command.token();
    openOnce();
    command
        .replyTo()
        .tell(
            fault.isPresent()
                ? new StageReply.EngineMissing(command.key(), fault.get())
                : Bench.perform(command.key(), workshop, stop, watcher));
    return this;
  }

  private void openOnce() {
    if (opened || stop.isRaised()) {
      return;
    }
    opened = true;
    try {
      workshop.openEngine();
    } catch (Exception | LinkageError e) { // missing natives are errors, not exceptions
      getContext().getLog().info("The engine cannot be opened", e);
      fault = Optional.of(Bench.reason(e));
    }
  }

  private Behavior<Command> onPostStop() {
    workshop.close();
    return this;
  }
}
