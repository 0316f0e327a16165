package lethe.run;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import lethe.plan.StageKey;

/** Makes prototypes. {@link Supervisor} talks to it; each command gets one {@link StageReply}. */
final class Condenser extends AbstractBehavior<Condenser.Command> {
  sealed interface Command {}

  /** Makes one prototype for each cluster. */
  record Condense(StageKey key, ActorRef<StageReply> replyTo) implements Command {}

  private final StageRuns runs;

  static Behavior<Command> create(Bench bench) {
    return Behaviors.setup(context -> new Condenser(context, bench));
  }

  private Condenser(ActorContext<Command> context, Bench bench) {
    super(context);
    this.runs = new StageRuns(context, bench);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Condense.class, this::onCondense)
        .onSignal(Terminated.class, this::onTerminated)
        .build();
  }

  private Behavior<Command> onCondense(Condense command) {
    runs.onEngine(command.key(), command.replyTo());
    return this;
  }

  private Behavior<Command> onTerminated(Terminated signal) {
    runs.onTerminated(signal);
    return this;
  }
}
