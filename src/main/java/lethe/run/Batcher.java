package lethe.run;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers answers into natural batches: one batch is with the supervisor, and what arrives
 * meanwhile is the next. One write to the journal then serves them all.
 */
final class Batcher extends AbstractBehavior<Batcher.Command> {
  /** A {@link StageReply} is the command to record it. */
  sealed interface Command permits StageReply, Recorded {}

  /** The supervisor is done with the last batch. */
  enum Recorded implements Command {
    INSTANCE
  }

  private final ActorRef<? super Supervisor.Report> supervisor;
  private List<StageReply> next = new ArrayList<>();
  private boolean busy;

  static Behavior<Command> create(ActorRef<? super Supervisor.Report> supervisor) {
    return Behaviors.setup(context -> new Batcher(context, supervisor));
  }

  private Batcher(ActorContext<Command> context, ActorRef<? super Supervisor.Report> supervisor) {
    super(context);
    this.supervisor = supervisor;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(StageReply.class, this::onReply)
        .onMessage(Recorded.class, m -> onRecorded())
        .build();
  }

  private Behavior<Command> onReply(StageReply reply) {
    next.add(reply);
    return flush();
  }

  private Behavior<Command> onRecorded() {
    busy = false;
    return flush();
  }

  private Behavior<Command> flush() {
    if (!busy && !next.isEmpty()) {
      busy = true;
      supervisor.tell(new Supervisor.Report(next, getContext().getSelf()));
      next = new ArrayList<>();
    }
    return this;
  }
}
