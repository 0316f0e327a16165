package lethe.unlearn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import lethe.net.ConvNet;
import lethe.net.EngineSession;
import lethe.net.EngineSettings;
import lethe.net.Network;
import lethe.net.Role;
import lethe.net.Sgd;
import lethe.net.Signals;
import lethe.net.TrainLoop;
import lethe.net.Training;
import lethe.net.Weights;
import lethe.plan.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SparsityTest {
  private static final Network NETWORK = new ConvNet(4, 3, 10);
  private static final int CONVOLUTIONS = 4 * 27 + 4 * 36 + 4 * 36; // 396 weights

  private final EngineSession session = EngineSession.open(new EngineSettings("cpu", 1));

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void l1_penalises_all_but_the_last_epochs() {
    Task task = task(Tasks.settings("l1-sparse", "l1-free-epochs", "2"));
    IntFunction<List<Phase>> phases = new L1Sparse().phases(task);
    for (int epoch = 0; epoch < 5; epoch++) {
      Phase phase = only(phases.apply(epoch));
      assertEquals(Role.RETAIN, phase.leading());
      assertEquals(epoch < 3, phase.rest().isPresent(), "epoch " + epoch);
    }
    Training training = new L1Sparse().training(task);
    assertEquals(new Sgd(0.9, 5e-4), training.optimizer());
    assertEquals(0.01, training.learningRateOf().applyAsDouble(4));
  }

  @Test
  void a_penalty_makes_weights_smaller() {
    Weights plain = run("l1-sparse", Tasks.settings("l1-sparse", "l1-weight", "0"));
    Weights drawn = run("l1-sparse", Tasks.settings("l1-sparse", "l1-weight", "0.01"));
    assertTrue(norm(drawn) < norm(plain), norm(drawn) + " and " + norm(plain));
  }

  @Test
  void pruning_leaves_the_share_of_convolution_weights_that_the_target_says() {
    // one event before epoch 0 of 5: round(0.95 * 396) = 376 are off at the end
    Weights start = task(Tasks.settings("pruning")).start();
    assertEquals(0, zeros(start, 4));
    Weights end = run("pruning", Tasks.settings("pruning"));
    assertEquals(Math.round(0.95 * CONVOLUTIONS), zeros(end, 4));
    assertEquals(0, zeros(end, 2), "the linear layer is not pruned");
  }

  @Test
  void pruning_in_several_events_keeps_off_what_is_off() {
    // five events, one before each epoch, of 1 - 0.05^(1/5) = 0.4507 of what is left:
    // 396, 218, 120, 66, 36, 20 are left
    Weights end = run("pruning", Tasks.settings("pruning", "prune-every", "1"));
    assertEquals(CONVOLUTIONS - 20, zeros(end, 4));
  }

  @Test
  void pruning_is_cf_where_the_target_is_0() {
    Map<String, String> settings = Tasks.settings("pruning", "target-sparsity", "0");
    Weights pruned = run("pruning", settings);
    Training training = new Pruning().training(task(settings));
    Task task = task(settings);
    Training free =
        new Training(
            training.epochs(),
            training.batch(),
            training.passesOf(),
            training.optimizer(),
            training.learningRateOf(),
            training.seeds());
    assertEquals(run(task, free).digest(), pruned.digest());
  }

  @Test
  void pruning_that_would_never_happen_is_refused() {
    Task task = task(Tasks.settings("pruning", "epochs", "4"));
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> new Pruning().training(task));
    assertEquals(
        "Pruning every 5 epochs never happens in 4 epochs; prune every 1 to 4 epochs.",
        refusal.getMessage());
  }

  @Test
  void accelerated_pruning_prunes_once_before_its_epoch() {
    Weights end = run("a-pruning", Tasks.settings("a-pruning"));
    assertEquals(Math.round(0.95 * CONVOLUTIONS), zeros(end, 4));
  }

  @Test
  void the_accelerated_penalty_is_constant_in_its_one_epoch() {
    Task task = task(Tasks.settings("a-l1-sparse"));
    Phase phase = only(new L1Sparse().phases(task).apply(0));
    assertTrue(phase.rest().isPresent());
    assertFalse(phase.main().isEmpty());
    assertEquals(Optional.of(1.0), phase.main().map(Phase.Main::weight));
  }

  /** Zeros in arrays of {@code dimensions}. */
  private static int zeros(Weights weights, int dimensions) {
    int zeros = 0;
    for (int i = 0; i < weights.specs().size(); i++) {
      if (weights.specs().get(i).shape().size() == dimensions) {
        for (float value : weights.values(i)) {
          zeros += value == 0 ? 1 : 0;
        }
      }
    }
    return zeros;
  }

  private static double norm(Weights weights) {
    double sum = 0;
    for (int i = 0; i < weights.specs().size(); i++) {
      for (float value : weights.values(i)) {
        sum += Math.abs(value);
      }
    }
    return sum;
  }

  private static Phase only(List<Phase> phases) {
    assertEquals(1, phases.size());
    return phases.get(0);
  }

  private Weights run(String id, Map<String, String> settings) {
    Task task = task(settings);
    return run(task, Tasks.training(id, task));
  }

  private Weights run(Task task, Training training) {
    return new TrainLoop(session, NETWORK, task.inference().table(), 0)
        .run(task.start(), training, Signals.NONE);
  }

  private Task task(Map<String, String> settings) {
    return Tasks.of(Settings.of(settings), NETWORK, session);
  }
}
