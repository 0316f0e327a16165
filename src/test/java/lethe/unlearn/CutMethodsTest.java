package lethe.unlearn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.Stream;
import lethe.net.ConvNet;
import lethe.net.Cuts;
import lethe.net.EngineSession;
import lethe.net.EngineSettings;
import lethe.net.Network;
import lethe.net.TrainLoop;
import lethe.plan.Card;
import lethe.plan.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Every method, cut before each of its steps, comes to the same weights to the last bit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CutMethodsTest {
  private static final Network NETWORK = new ConvNet(4, 2, 10);

  private final EngineSession session = EngineSession.open(new EngineSettings("cpu", 1));

  @AfterAll
  void close() {
    session.close();
  }

  @TestFactory
  Stream<DynamicTest> a_cut_changes_no_bit() {
    return Methods.CARDS.stream().map(card -> DynamicTest.dynamicTest(card.id(), () -> cut(card)));
  }

  private void cut(Card card) {
    Map<String, String> settings =
        Tasks.settings(card.id(), "epochs", "3", "prune-every", "1", "images", "2");
    Task task = Tasks.of(Settings.of(settings), NETWORK, session);
    TrainLoop loop = new TrainLoop(session, NETWORK, task.inference().table(), 0);
    int steps =
        Cuts.anywhere(signals -> Methods.of(card.id()).unlearn(task, loop, signals).digest());
    assertTrue(steps >= 3, card.id() + " took " + steps + " steps");
  }
}
