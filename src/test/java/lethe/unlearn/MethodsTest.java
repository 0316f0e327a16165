package lethe.unlearn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import lethe.net.Adam;
import lethe.net.Companion;
import lethe.net.ConvNet;
import lethe.net.EngineSession;
import lethe.net.EngineSettings;
import lethe.net.Network;
import lethe.net.Objective;
import lethe.net.Pass;
import lethe.net.Role;
import lethe.net.Sgd;
import lethe.net.Signals;
import lethe.net.TrainLoop;
import lethe.net.Training;
import lethe.net.Weights;
import lethe.plan.Card;
import lethe.plan.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MethodsTest {
  private static final Network NETWORK = new ConvNet(4, 3, 10);
  private static final Map<String, String> SGD =
      Map.of(
          "epochs", "10",
          "batch", "4",
          "learning-rate", "0.1",
          "momentum", "0.9",
          "weight-decay", "5e-4",
          "warmup-epochs", "5");
  private static final Map<String, String> ACCELERATED =
      Map.of(
          "epochs", "1",
          "batch", "4",
          "learning-rate", "2.4e-4",
          "mmd-weight", "34",
          "temperature", "2",
          "companions", "4");

  private final EngineSession session = EngineSession.open(new EngineSettings("cpu", 1));

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void only_retraining_starts_fresh() {
    for (Card card : Methods.CARDS) {
      assertEquals(card.id().equals("retraining"), Methods.of(card.id()).startsFresh(), card.id());
    }
  }

  @Test
  void the_catalogue_names_what_it_has() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> Methods.of("cff"));
    assertEquals("No method \"cff\"; there are retraining, cf, a-cf.", refusal.getMessage());
  }

  @Test
  void every_block_is_named_after_its_method() {
    for (Card card : Methods.CARDS) {
      assertEquals("unlearn." + card.id(), card.block());
    }
  }

  @Test
  void every_knob_is_read_and_no_other() {
    for (Card card : Methods.CARDS) {
      Map<String, String> settings = card.id().equals("a-cf") ? ACCELERATED : SGD;
      List<String> knobs = card.knobs().stream().map(knob -> knob.name()).sorted().toList();
      assertEquals(new TreeMap<>(settings).keySet().stream().toList(), knobs, card.id());
      for (String knob : knobs) { // a method that does not read it would not miss it
        TreeMap<String, String> without = new TreeMap<>(settings);
        without.remove(knob);
        assertThrows(
            IllegalArgumentException.class,
            () -> training(card.id(), without).passesOf().apply(0),
            card.id() + " " + knob);
      }
    }
  }

  @Test
  void cf_walks_over_the_retained_images_with_sgd() {
    Training training = training("cf", SGD);
    assertEquals(new Sgd(0.9, 5e-4), training.optimizer());
    assertEquals(10, training.epochs());
    // warm-up of 5: 0.1 * 4/5 in epoch 3; the peak in epochs 4 and 5
    assertEquals(0.08, training.learningRateOf().applyAsDouble(3), 1e-12);
    assertEquals(0.1, training.learningRateOf().applyAsDouble(5), 1e-12);
    Pass pass = only(training);
    assertEquals(Role.RETAIN, pass.leading());
    assertTrue(pass.companions().isEmpty());
  }

  @Test
  void acceleration_brings_forgotten_and_unseen_images_along() {
    Training training = training("a-cf", ACCELERATED);
    assertEquals(Adam.USUAL, training.optimizer());
    assertEquals(2.4e-4, training.learningRateOf().applyAsDouble(0), 0);
    Pass pass = only(training);
    assertEquals(2, pass.companions().size());
    Companion forget = pass.companions().get(0);
    assertArrayEquals(new int[] {0, 1}, forget.pool());
    assertEquals(4, forget.times());
    Companion.ClassMatched unseen =
        assertInstanceOf(Companion.ClassMatched.class, pass.companions().get(1));
    assertEquals(Role.FORGET, unseen.like());
    assertEquals(Role.UNSEEN, unseen.role());
  }

  @Test
  void acceleration_leaves_phases_without_a_retain_loss_alone() {
    Objective nothing = step -> step.logits(Role.FORGET).sum().mul(0);
    Phase overForget = new Phase(Role.FORGET, 0, Optional.of(nothing));
    Accelerable two =
        new Accelerable() {
          @Override
          public Card card() {
            return new Card("two", "Two", "unlearn.two", 1, List.of(), Set.of());
          }

          @Override
          public List<Phase> phases(Task task, int epoch) {
            return List.of(overForget, Phase.RETAIN);
          }

          @Override
          public Training training(Task task) {
            return SgdKnobs.training(this, task);
          }
        };
    Method accelerated = new Accelerated(two, List.of());
    List<Pass> passes = accelerated.training(task(ACCELERATED)).passesOf().apply(0);
    assertEquals("a-two", accelerated.card().id());
    assertTrue(passes.get(0).companions().isEmpty());
    assertFalse(passes.get(1).companions().isEmpty());
  }

  @Test
  void a_phase_without_a_term_is_refused() {
    assertThrows(IllegalArgumentException.class, () -> new Phase(Role.RETAIN, 0, Optional.empty()));
  }

  @Test
  void every_method_moves_the_weights_the_same_way_each_time() {
    for (Card card : Methods.CARDS) {
      Map<String, String> settings = card.id().equals("a-cf") ? ACCELERATED : SGD;
      Task task = task(settings);
      TrainLoop loop = new TrainLoop(session, NETWORK, task.inference().table(), 0);
      Training training = Methods.of(card.id()).training(task);
      Weights once = loop.run(task.start(), training, Signals.NONE);
      Weights again = loop.run(task.start(), training, Signals.NONE);
      assertEquals(once.digest(), again.digest(), card.id());
      assertNotEquals(task.start().digest(), once.digest(), card.id());
    }
  }

  private Training training(String id, Map<String, String> settings) {
    return Methods.of(id).training(task(settings));
  }

  private Task task(Map<String, String> settings) {
    return Tasks.of(Settings.of(settings), NETWORK, session);
  }

  private static Pass only(Training training) {
    List<Pass> passes = training.passesOf().apply(0);
    assertEquals(1, passes.size());
    return passes.get(0);
  }
}
