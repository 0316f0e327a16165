package lethe.run;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import java.util.concurrent.CompletableFuture;
import lethe.plan.StageKey;
import org.jspecify.annotations.Nullable;

/**
 * One stage: takes the lease if it needs the engine or a quiet machine, has the work done, gives
 * the lease back, answers once and stops. A child of its room's actor, named after its key.
 */
final class StageRun extends AbstractBehavior<StageRun.Command> {
  sealed interface Command {}

  private record LeaseAnswered(GpuLease.Reply reply) implements Command {}

  private record WorkDone(StageReply reply) implements Command {}

  private static final long NO_LEASE = 0; // tokens start at 1

  private final StageKey key;
  private final Bench bench;
  private final ActorRef<StageReply> replyTo;
  private final boolean engine;
  private long token = NO_LEASE;
  private double waited;

  /** A stage on the engine's thread, under the lease. */
  static Behavior<Command> onEngine(StageKey key, Bench bench, ActorRef<StageReply> replyTo) {
    return Behaviors.setup(
        context -> {
          StageRun run = new StageRun(context, key, bench, replyTo, true);
          run.askForLease();
          return run;
        });
  }

  /** A stage on the CPU pool, under the lease: no other process may disturb its seconds. */
  static Behavior<Command> onCpuLeased(StageKey key, Bench bench, ActorRef<StageReply> replyTo) {
    return Behaviors.setup(
        context -> {
          StageRun run = new StageRun(context, key, bench, replyTo, false);
          run.askForLease();
          return run;
        });
  }

  /** A stage on the CPU pool. */
  static Behavior<Command> onCpu(StageKey key, Bench bench, ActorRef<StageReply> replyTo) {
    return Behaviors.setup(
        context -> {
          StageRun run = new StageRun(context, key, bench, replyTo, false);
          run.workOnPool();
          return run;
        });
  }

  private StageRun(
      ActorContext<Command> context,
      StageKey key,
      Bench bench,
      ActorRef<StageReply> replyTo,
      boolean engine) {
    super(context);
    this.key = key;
    this.bench = bench;
    this.replyTo = replyTo;
    this.engine = engine;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(LeaseAnswered.class, this::onLeaseAnswered)
        .onMessage(WorkDone.class, this::onWorkDone)
        .build();
  }

  private void askForLease() {
    ActorRef<GpuLease.Reply> adapter =
        getContext().messageAdapter(GpuLease.Reply.class, LeaseAnswered::new);
    bench.lease().tell(new GpuLease.Acquire(key, getContext().getSelf(), adapter));
  }

  private void workOnEngine() {
    ActorRef<StageReply> adapter = getContext().messageAdapter(StageReply.class, WorkDone::new);
    bench.engine().tell(new EngineHost.Perform(key, token, adapter));
  }

  private void workOnPool() {
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(
                () -> Bench.perform(key, bench.workshop(), bench.stop(), bench.watcher()),
                bench.cpu()),
            this::done);
  }

  private Command done(@Nullable StageReply reply, @Nullable Throwable fault) {
    if (reply != null) {
      return new WorkDone(reply);
    }
    String reason = fault == null ? "it left no answer" : Bench.reason(fault);
    return new WorkDone(new StageReply.Refused(key, reason));
  }

  private Behavior<Command> onLeaseAnswered(LeaseAnswered answer) {
    if (answer.reply() instanceof GpuLease.Granted granted) {
      token = granted.token();
      waited = granted.waitedSeconds();
      if (engine) {
        workOnEngine();
      } else {
        workOnPool();
      }
      return this;
    }
    return onWorkDone(new WorkDone(new StageReply.Abandoned(key)));
  }

  private Behavior<Command> onWorkDone(WorkDone work) {
    StageReply reply = work.reply();
    if (token != NO_LEASE) {
      bench.lease().tell(new GpuLease.Release(token));
      if (reply instanceof StageReply.Performed performed) {
        reply = performed.waited(waited);
      }
    }
    replyTo.tell(reply);
    return Behaviors.stopped();
  }
}
