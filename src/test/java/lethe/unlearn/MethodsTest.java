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
import java.util.function.IntFunction;
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
    assertEquals(
        "No method \"cff\"; there are retraining, cf, bad-distillation, l1-sparse, pruning, scrub,"
            + " distillation, neg-grad-plus, ssd, lf-ssd, fisher, a-cf, a-bad-distillation,"
            + " a-l1-sparse, a-pruning, a-scrub.",
        refusal.getMessage());
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
      Map<String, String> settings = Tasks.settings(card.id());
      List<String> knobs = card.knobs().stream().map(knob -> knob.name()).sorted().toList();
      assertEquals(new TreeMap<>(settings).keySet().stream().toList(), knobs, card.id());
      for (String knob : knobs) { // a method that does not read it would not miss it
        TreeMap<String, String> without = new TreeMap<>(settings);
        without.remove(knob);
        assertThrows(
            IllegalArgumentException.class,
            () -> unlearn(card, task(without), 0),
            card.id() + " " + knob);
      }
    }
  }

  @Test
  void cf_walks_over_the_retained_images_with_sgd() {
    Training training = training("cf", Tasks.settings("cf", "epochs", "10"));
    assertEquals(new Sgd(0.502, 0.0014), training.optimizer());
    assertEquals(10, training.epochs());
    // warm-up of 5: 0.04 * 4/5 in epoch 3; the peak in epochs 4 and 5
    assertEquals(0.032, training.learningRateOf().applyAsDouble(3), 1e-12);
    assertEquals(0.04, training.learningRateOf().applyAsDouble(5), 1e-12);
    Pass pass = only(training);
    assertEquals(Role.RETAIN, pass.leading());
    assertTrue(pass.companions().isEmpty());
  }

  @Test
  void acceleration_brings_forgotten_and_unseen_images_along() {
    Training training = training("a-cf", Tasks.settings("a-cf"));
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
    Accelerable two =
        new Accelerable() {
          @Override
          public Card card() {
            return new Card("two", "Two", "unlearn.two", 1, List.of(), Set.of());
          }

          @Override
          public IntFunction<List<Phase>> phases(Task task) {
            return epoch -> List.of(Phase.forgotten(task, nothing), Phase.retained(task));
          }

          @Override
          public Training training(Task task) {
            return SgdKnobs.training(this, task);
          }
        };
    Trained accelerated = new Accelerated(two, List.of());
    List<Pass> passes = accelerated.training(task(Tasks.settings("a-cf"))).passesOf().apply(0);
    assertEquals("a-two", accelerated.card().id());
    assertTrue(passes.get(0).companions().isEmpty());
    assertFalse(passes.get(1).companions().isEmpty());
  }

  @Test
  void a_phase_without_a_term_is_refused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Phase(Role.RETAIN, new int[1], Optional.empty(), Optional.empty()));
  }

  @Test
  void every_method_moves_the_weights_the_same_way_each_time() {
    for (Card card : Methods.CARDS) {
      Task task = task(Tasks.settings(card.id(), "selection", "0.5"));
      Weights once = unlearn(card, task, 0);
      Weights again = unlearn(card, task, 0);
      assertEquals(once.digest(), again.digest(), card.id());
      assertNotEquals(task.start().digest(), once.digest(), card.id());
    }
  }

  @Test
  void every_accelerated_method_brings_companions_to_its_main_loss_and_only_there() {
    for (Card card : Methods.CARDS) {
      if (card.id().startsWith("a-")) {
        Training training = training(card.id(), Tasks.settings(card.id()));
        assertEquals(1, training.epochs(), card.id());
        for (Pass pass : training.passesOf().apply(0)) {
          int expected = pass.leading() == Role.FORGET ? 0 : 2;
          assertEquals(expected, pass.companions().size(), card.id());
        }
      }
    }
  }

  @Test
  void every_method_ends_near_the_same_weights_in_micro_batches() {
    for (Card card : Methods.CARDS) {
      Task task = task(Tasks.settings(card.id(), "epochs", "1", "prune-every", "1"));
      Weights whole = unlearn(card, task, 0);
      Weights split = unlearn(card, task, 3);
      for (int i = 0; i < whole.specs().size(); i++) {
        // a bias before a norm changes no output and its gradient is rounding, of which Adam still
        // makes steps of its rate, and SSD a choice
        if (!whole.specs().get(i).name().matches("features\\.[048]\\.bias")) {
          assertArrayEquals(whole.values(i), split.values(i), 1e-4f, card.id());
        }
      }
    }
  }

  private Weights unlearn(Card card, Task task, int microBatch) {
    TrainLoop loop = new TrainLoop(session, NETWORK, task.inference().table(), microBatch);
    return Methods.of(card.id()).unlearn(task, loop, Signals.NONE);
  }

  private Training training(String id, Map<String, String> settings) {
    return Tasks.training(id, task(settings));
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
