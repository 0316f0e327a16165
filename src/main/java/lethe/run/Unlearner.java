package lethe.run;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import lethe.plan.StageKey;

/** Trains weights. {@link Supervisor} talks to it; each command gets one {@link StageReply}. */
final class Unlearner extends AbstractBehavior<Unlearner.Command> {
  sealed interface Command {}

  /** Trains the original weights. */
  record Train(StageKey key, ActorRef<StageReply> replyTo) implements Command {}

  /** Has a method make its weights. */
  record Unlearn(StageKey key, ActorRef<StageReply> replyTo) implements Command {}

  private final StageRuns runs;

  static Behavior<Command> create(Bench bench) {
    return Behaviors.setup(context -> new Unlearner(context, bench));
  }

  private Unlearner(ActorContext<Command> context, Bench bench) {
    super(context);
    this.runs = new StageRuns(context, bench);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Train.class, this::onTrain)
        .onMessage(Unlearn.class, this::onUnlearn)
        .onSignal(Terminated.class, this::onTerminated)
        .build();
  }

  private Behavior<Command> onTrain(Train command) {
    runs.onEngine(command.key(), command.replyTo());
    return this;
  }

  private Behavior<Command> onUnlearn(Unlearn command) {
    runs.onEngine(command.key(), command.replyTo());
    return this;
  }

  private Behavior<Command> onTerminated(Terminated signal) {
    runs.onTerminated(signal);
    return this;
  }
}
