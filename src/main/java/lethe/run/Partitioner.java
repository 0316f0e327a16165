package lethe.run;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import lethe.plan.StageKey;

/**
 * Divides images: into forget and retain sets, clusters and parts. {@link Supervisor} talks to it;
 * each command gets one {@link StageReply}.
 */
final class Partitioner extends AbstractBehavior<Partitioner.Command> {
  sealed interface Command {}

  /** Draws the sets F, R, T and E. */
  record Split(StageKey key, ActorRef<StageReply> replyTo) implements Command {}

  /** Embeds the images, for clusters. */
  record Embed(StageKey key, ActorRef<StageReply> replyTo) implements Command {}

  /** Clusters each class. */
  record Cluster(StageKey key, ActorRef<StageReply> replyTo) implements Command {}

  /** Tells free clusters from the residual set (F-sampling). */
  record SampleFree(StageKey key, ActorRef<StageReply> replyTo) implements Command {}

  private final StageRuns runs;

  static Behavior<Command> create(Bench bench) {
    return Behaviors.setup(context -> new Partitioner(context, bench));
  }

  private Partitioner(ActorContext<Command> context, Bench bench) {
    super(context);
    this.runs = new StageRuns(context, bench);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Split.class, this::onSplit)
        .onMessage(Embed.class, this::onEmbed)
        .onMessage(Cluster.class, this::onCluster)
        .onMessage(SampleFree.class, this::onSampleFree)
        .onSignal(Terminated.class, this::onTerminated)
        .build();
  }

  private Behavior<Command> onSplit(Split command) {
    runs.onCpu(command.key(), command.replyTo());
    return this;
  }

  private Behavior<Command> onEmbed(Embed command) {
    runs.onEngine(command.key(), command.replyTo());
    return this;
  }

  private Behavior<Command> onCluster(Cluster command) {
    runs.onCpuTimed(command.key(), command.replyTo());
    return this;
  }

  private Behavior<Command> onSampleFree(SampleFree command) {
    runs.onCpuTimed(command.key(), command.replyTo());
    return this;
  }

  private Behavior<Command> onTerminated(Terminated signal) {
    runs.onTerminated(signal);
    return this;
  }
}
