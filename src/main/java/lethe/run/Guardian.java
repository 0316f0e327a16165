package lethe.run;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.persistence.typed.internal.JournalFailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The top of a run's actors: starts the supervisor and tells {@link Run} how it ended. */
final class Guardian extends AbstractBehavior<Guardian.Command> {
  sealed interface Command {}

  /** Asks the run to end. */
  enum Stop implements Command {
    INSTANCE
  }

  private record RunEnded(Supervisor.Ended end) implements Command {}

  private static final long NO_ROOM =
      1 << 20; // bytes: SQLite's log grows by pages and by their index

  private final Path folder;
  private final CompletableFuture<Supervisor.Ended> end;
  private final ActorRef<Supervisor.Command> supervisor;

  static Behavior<Command> create(Workbench parts, CompletableFuture<Supervisor.Ended> end) {
    return Behaviors.setup(context -> new Guardian(context, parts, end));
  }

  private Guardian(
      ActorContext<Command> context, Workbench parts, CompletableFuture<Supervisor.Ended> end) {
    super(context);
    this.folder = parts.job().folder();
    this.end = end;
    ActorRef<Supervisor.Ended> adapter =
        context.messageAdapter(Supervisor.Ended.class, RunEnded::new);
    this.supervisor =
        context.spawn(
            Supervisor.create(parts, adapter),
            "supervisor",
            DispatcherSelector.fromConfig("lethe.supervisor-dispatcher"));
    context.watch(supervisor);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Stop.class, m -> onStop())
        .onMessage(RunEnded.class, this::onRunEnded)
        .onSignal(ChildFailed.class, this::onSupervisorFailed)
        .build();
  }

  private Behavior<Command> onStop() {
    supervisor.tell(Supervisor.Stop.INSTANCE);
    return this;
  }

  private Behavior<Command> onRunEnded(RunEnded ended) {
    end.complete(ended.end());
    return this;
  }

  private Behavior<Command> onSupervisorFailed(ChildFailed signal) {
    end.complete(
        new Supervisor.Ended(false, Optional.of(obstacle(signal.getCause(), free(folder)))));
    return Behaviors.stopped();
  }

  private static long free(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE; // then the disk has another fault, which the journal's reason tells
    }
  }

  /**
   * A journal that cannot be read or written, or a mistake in Lethe itself.
   *
   * @param free bytes left where the journal is
   */
  static Obstacle obstacle(Throwable fault, long free) {
    if (fault instanceof JournalFailureException) {
      if (free < NO_ROOM) {
        return Obstacle.passing(
            "The journal cannot be written: its disk is full (%d bytes free); make room, then go on with the same command."
                .formatted(free));
      }
      Throwable cause = fault.getCause() == null ? fault : fault.getCause();
      return Obstacle.passing("The journal cannot be used: " + Bench.reason(cause));
    }
    return Obstacle.lasting(
        "The run broke, by a mistake in Lethe itself: %s; the log has the rest."
            .formatted(Bench.reason(fault)));
  }
}
