package lethe.run;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import lethe.plan.StageKey;

/** Looks at weights. {@link Supervisor} talks to it; each command gets one {@link StageReply}. */
final class Evaluator extends AbstractBehavior<Evaluator.Command> {
  sealed interface Command {}

  /** Computes logits of all images. */
  record Infer(StageKey key, ActorRef<StageReply> replyTo) implements Command {}

  /** Computes every metric from logits. */
  record Score(StageKey key, ActorRef<StageReply> replyTo) implements Command {}

  /** Computes the distances of logits to those of a reference. */
  record Compare(StageKey key, ActorRef<StageReply> replyTo) implements Command {}

  private final StageRuns runs;

  static Behavior<Command> create(Bench bench) {
    return Behaviors.setup(context -> new Evaluator(context, bench));
  }

  private Evaluator(ActorContext<Command> context, Bench bench) {
    super(context);
    this.runs = new StageRuns(context, bench);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Infer.class, this::onInfer)
        .onMessage(Score.class, this::onScore)
        .onMessage(Compare.class, this::onCompare)
        .onSignal(Terminated.class, this::onTerminated)
        .build();
  }

  private Behavior<Command> onInfer(Infer command) {
    runs.onEngine(command.key(), command.replyTo());
    return this;
  }

  private Behavior<Command> onScore(Score command) {
    runs.onCpu(command.key(), command.replyTo());
    return this;
  }

  private Behavior<Command> onCompare(Compare command) {
    runs.onCpu(command.key(), command.replyTo());
    return this;
  }

  private Behavior<Command> onTerminated(Terminated signal) {
    runs.onTerminated(signal);
    return this;
  }
}
