package lethe.run;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import lethe.plan.StageKey;

/**
 * Two holders that hand the lease to each other. It lives in this room, for the lease shows itself
 * to nobody else.
 */
public final class LeaseTurns {
  private static final StageKey KEY = new StageKey("0".repeat(64));

  private LeaseTurns() {}

  /** Microseconds a hand-over, on average over {@code turns}, where no other process shares it. */
  public static double alone(int turns) {
    return microseconds(turns, DeviceLock.unshared());
  }

  /** The same with the file lock that other processes would wait for, in {@code folder}. */
  public static double shared(int turns, Path folder) throws IOException {
    try (DeviceLock device = Turnstile.in(folder, "bench")) {
      return microseconds(turns, device);
    }
  }

  private static double microseconds(int turns, DeviceLock device) {
    CompletableFuture<Long> begin = new CompletableFuture<>();
    CompletableFuture<Long> end = new CompletableFuture<>();
    Behavior<Void> both =
        Behaviors.setup(
            context -> {
              ActorRef<GpuLease.Command> lease =
                  context.spawn(
                      GpuLease.create(
                          device, System::nanoTime, context.getSystem().ignoreRef().unsafeUpcast()),
                      "lease");
              begin.complete(System.nanoTime());
              context.spawn(Holder.create(lease, turns, end), "one");
              context.spawn(Holder.create(lease, turns, end), "other");
              return Behaviors.empty();
            });
    ActorSystem<Void> actors = ActorSystem.create(both, "turns");
    try {
      return (end.join() - begin.join()) / 1e3 / turns;
    } finally {
      actors.terminate();
      actors.getWhenTerminated().toCompletableFuture().join();
    }
  }

  /** Gives the lease back as soon as it has it, and asks again. */
  private static final class Holder extends AbstractBehavior<GpuLease.Reply> {
    private final ActorRef<GpuLease.Command> lease;
    private final int turns;
    private final CompletableFuture<Long> end;

    static Behavior<GpuLease.Reply> create(
        ActorRef<GpuLease.Command> lease, int turns, CompletableFuture<Long> end) {
      return Behaviors.setup(context -> new Holder(context, lease, turns, end));
    }

    private Holder(
        ActorContext<GpuLease.Reply> context,
        ActorRef<GpuLease.Command> lease,
        int turns,
        CompletableFuture<Long> end) {
      super(context);
      this.lease = lease;
      this.turns = turns;
      this.end = end;
      ask();
    }

    private void ask() {
      lease.tell(new GpuLease.Acquire(KEY, getContext().getSelf(), getContext().getSelf()));
    }

    @Override
    public Receive<GpuLease.Reply> createReceive() {
      return newReceiveBuilder().onMessage(GpuLease.Granted.class, this::onGranted).build();
    }

    private Behavior<GpuLease.Reply> onGranted(GpuLease.Granted granted) {
      if (granted.token() >= turns) {
        end.complete(System.nanoTime());
        return Behaviors.stopped();
      }
      lease.tell(new GpuLease.Release(granted.token()));
      ask();
      return this;
    }
  }
}
