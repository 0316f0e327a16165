package lethe.run;

import akka.actor.typed.ActorRef;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.ActorContext;
import java.util.List;
import java.util.concurrent.Executor;
import lethe.plan.Stage;
import lethe.plan.StageKey;

/** Everybody who works for the {@link Supervisor}: the rooms' actors, lease, engine and batcher. */
record Crew(
    ActorRef<Partitioner.Command> partitioner,
    ActorRef<Condenser.Command> condenser,
    ActorRef<Unlearner.Command> unlearner,
    ActorRef<Evaluator.Command> evaluator,
    ActorRef<GpuLease.Command> lease,
    ActorRef<StageReply> answers) {

  /**
   * Spawns them as watched children of {@code context}.
   *
   * @param cpu the bounded pool
   */
  static Crew spawn(ActorContext<Supervisor.Command> context, Workbench parts, Executor cpu) {
    ActorRef<Supervisor.Command> self = context.getSelf();
    ActorRef<GpuLease.Command> lease =
        context.spawn(GpuLease.create(parts.device(), System::nanoTime, self), "lease");
    ActorRef<EngineHost.Command> engine =
        context.spawn(
            EngineHost.create(parts.workshop(), parts.stop(), self),
            "engine",
            DispatcherSelector.fromConfig("lethe.engine-dispatcher"));
    ActorRef<Batcher.Command> batcher = context.spawn(Batcher.create(self), "batcher");
    Bench bench =
        new Bench(
            parts.workshop(), parts.stop(), parts.settings().quiet(), cpu, lease, engine, self);
    Crew crew =
        new Crew(
            context.spawn(Partitioner.create(bench), "partitioner"),
            context.spawn(Condenser.create(bench), "condenser"),
            context.spawn(Unlearner.create(bench), "unlearner"),
            context.spawn(Evaluator.create(bench), "evaluator"),
            lease,
            batcher.narrow());
    List.of(
            lease,
            engine,
            batcher,
            crew.partitioner,
            crew.condenser,
            crew.unlearner,
            crew.evaluator)
        .forEach(context::watch);
    return crew;
  }

  /** Has a stage done; {@link Batcher} hears what came of it. */
  void perform(Stage stage) {
    StageKey key = stage.key();
    switch (stage.kind()) {
      case SPLIT -> partitioner.tell(new Partitioner.Split(key, answers));
      case FEATURES -> partitioner.tell(new Partitioner.Embed(key, answers));
      case CLUSTERS -> partitioner.tell(new Partitioner.Cluster(key, answers));
      case PARTS -> partitioner.tell(new Partitioner.SampleFree(key, answers));
      case PROTOTYPES -> condenser.tell(new Condenser.Condense(key, answers));
      case ORIGINAL -> unlearner.tell(new Unlearner.Train(key, answers));
      case UNLEARNED -> unlearner.tell(new Unlearner.Unlearn(key, answers));
      case LOGITS -> evaluator.tell(new Evaluator.Infer(key, answers));
      case SCORES -> evaluator.tell(new Evaluator.Score(key, answers));
      case DISTANCES -> evaluator.tell(new Evaluator.Compare(key, answers));
    }
  }

  /** Nobody gets the device any more. */
  void closeLease() {
    lease.tell(GpuLease.Close.INSTANCE);
  }
}
