package lethe.run;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import lethe.plan.StageKey;
import lethe.plan.StageKind;

/** The rooms' actors, and which of them does what. */
record Crew(
    ActorRef<Partitioner.Command> partitioner,
    ActorRef<Condenser.Command> condenser,
    ActorRef<Unlearner.Command> unlearner,
    ActorRef<Evaluator.Command> evaluator) {

  /** Spawns them as watched children of {@code context}. */
  static Crew spawn(ActorContext<?> context, Bench bench) {
    Crew crew =
        new Crew(
            context.spawn(Partitioner.create(bench), "partitioner"),
            context.spawn(Condenser.create(bench), "condenser"),
            context.spawn(Unlearner.create(bench), "unlearner"),
            context.spawn(Evaluator.create(bench), "evaluator"));
    context.watch(crew.partitioner);
    context.watch(crew.condenser);
    context.watch(crew.unlearner);
    context.watch(crew.evaluator);
    return crew;
  }

  /** Has a stage done. */
  void perform(StageKind kind, StageKey key, ActorRef<StageReply> replyTo) {
    switch (kind) {
      case SPLIT -> partitioner.tell(new Partitioner.Split(key, replyTo));
      case FEATURES -> partitioner.tell(new Partitioner.Embed(key, replyTo));
      case CLUSTERS -> partitioner.tell(new Partitioner.Cluster(key, replyTo));
      case PARTS -> partitioner.tell(new Partitioner.SampleFree(key, replyTo));
      case PROTOTYPES -> condenser.tell(new Condenser.Condense(key, replyTo));
      case ORIGINAL -> unlearner.tell(new Unlearner.Train(key, replyTo));
      case UNLEARNED -> unlearner.tell(new Unlearner.Unlearn(key, replyTo));
      case LOGITS -> evaluator.tell(new Evaluator.Infer(key, replyTo));
      case SCORES -> evaluator.tell(new Evaluator.Score(key, replyTo));
      case DISTANCES -> evaluator.tell(new Evaluator.Compare(key, replyTo));
    }
  }
}
