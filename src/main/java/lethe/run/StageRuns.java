package lethe.run;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.ActorContext;
import java.util.HashMap;
import java.util.Map;
import lethe.plan.StageKey;

/** The stages that one room's actor has under way; sees to it that each gets an answer. */
final class StageRuns {
  private record Entry(StageKey key, ActorRef<StageReply> replyTo) {}

  private final ActorContext<?> context;
  private final Bench bench;
  private final Map<String, Entry> entries = new HashMap<>();

  StageRuns(ActorContext<?> context, Bench bench) {
    this.context = context;
    this.bench = bench;
  }

  /** Begins a stage under the lease. */
  void onEngine(StageKey key, ActorRef<StageReply> replyTo) {
    begin(key, StageRun.onEngine(key, bench, replyTo), replyTo);
  }

  /** Begins a stage on the CPU pool. */
  void onCpu(StageKey key, ActorRef<StageReply> replyTo) {
    begin(key, StageRun.onCpu(key, bench, replyTo), replyTo);
  }

  /** Begins a stage on the CPU pool whose seconds count: under the lease when timing is quiet. */
  void onCpuTimed(StageKey key, ActorRef<StageReply> replyTo) {
    begin(
        key,
        bench.quiet()
            ? StageRun.onCpuLeased(key, bench, replyTo)
            : StageRun.onCpu(key, bench, replyTo),
        replyTo);
  }

  private void begin(
      StageKey key, Behavior<StageRun.Command> behavior, ActorRef<StageReply> replyTo) {
    if (entries.containsKey(key.hex())) {
      return; // asked twice: the first will answer
    }
    entries.put(key.hex(), new Entry(key, replyTo));
    context.watch(context.spawn(behavior, key.hex()));
  }

  /** A stage's actor ended; if it broke, it has not answered. */
  void onTerminated(Terminated signal) {
    Entry entry = entries.remove(signal.getRef().path().name());
    if (entry != null && signal instanceof ChildFailed failed) {
      entry.replyTo().tell(new StageReply.Refused(entry.key(), Bench.reason(failed.getCause())));
    }
  }
}
