package lethe.run;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.SerializationTestKit;
import akka.actor.typed.ActorRef;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lethe.ledger.Event;
import lethe.ledger.Fault;
import lethe.plan.StageKey;
import lethe.plan.StageKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private static final ActorTestKit KIT =
      ActorTestKit.create(
          ConfigFactory.parseResources("lethe-akka.conf")
              .withFallback(ConfigFactory.defaultReferenceUnresolved())
              .resolve());
  private static final StageKey KEY = new Sketch().stage(StageKind.SPLIT, "a").key("a");

  private final SerializationTestKit serialization = KIT.serializationTestKit();

  @AfterAll
  static void close() {
    KIT.shutdownTestKit();
  }

  @Test
  void events_survive_the_journal() {
    List<Event> events =
        List.of(
            new Event.GridPlanned("quickstart", "digest", Sketch.ENVIRONMENT, 3, 9, 1),
            new Event.StageFinished(
                KEY.hex(), "split", "digest", Map.of("split", 0.25), List.of("shared"), true, 2),
            new Event.StageFailed(KEY.hex(), "split", "the class 3 is empty", Fault.DIVERGED, 2, 3),
            new Event.FamilyStopped("unlearned glyphs/cf", "no luck", 3, 4),
            new Event.ArtifactLost(KEY.hex(), "its artifact is missing", 4));
    events.forEach(event -> serialization.verifySerialization(event, true));
  }

  @Test
  void commands_and_answers_can_cross_to_another_process() {
    ActorRef<StageReply> replyTo = KIT.<StageReply>createTestProbe().getRef();
    List<Object> messages =
        List.of(
            new Partitioner.Split(KEY, replyTo),
            new Partitioner.Embed(KEY, replyTo),
            new Partitioner.Cluster(KEY, replyTo),
            new Partitioner.SampleFree(KEY, replyTo),
            new Condenser.Condense(KEY, replyTo),
            new Unlearner.Train(KEY, replyTo),
            new Unlearner.Unlearn(KEY, replyTo),
            new Evaluator.Infer(KEY, replyTo),
            new Evaluator.Score(KEY, replyTo),
            new StageReply.Performed(
                KEY, "digest", new TreeMap<>(Map.of("wait", 0.5)), List.of("overlapped"), true),
            new StageReply.Refused(KEY, "the loss is not a number"),
            new StageReply.Abandoned(KEY),
            new StageReply.StoreFull(KEY, "The store takes nothing."),
            new StageReply.EngineMissing(KEY, "no natives"));
    messages.forEach(message -> serialization.verifySerialization(message, true));
  }
}
