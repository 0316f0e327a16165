package lethe.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import lethe.data.Dataset;
import lethe.kernel.array.Draws;
import lethe.kernel.tensor.CrossEntropy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainLoopTest {
  private static final StepSeeds SEEDS = StepSeeds.semantic("small", 1, "test");

  private final Network network = new ConvNet(8, 2, 4);
  private final Dataset dataset = SmallImages.dataset(40, 20, 4);
  private final EngineSession session = EngineSession.open(new EngineSettings("cpu", 2));
  private final ImageTable table = ImageTable.of(session, dataset);

  @AfterEach
  void close() {
    table.close();
    session.close();
  }

  @Test
  void training_lowers_the_loss() {
    List<Double> losses = new ArrayList<>();
    Weights end = train(0, new Sgd(0.9, 5e-4), 0.02, collecting(losses));
    assertEquals(12, losses.size(), "3 epochs of 40 images in batches of 12: 4 steps each");
    assertTrue(losses.get(11) < 0.7 * losses.get(0), losses.toString());
    float[] logits =
        new Inference(session, network, table, Signals.NONE)
            .logits(end, IntStream.range(0, 60).toArray());
    assertEquals(60 * 4, logits.length);
  }

  @Test
  void the_same_training_gives_the_same_weights() {
    Weights once = train(0, Adam.USUAL, 0.001, Signals.NONE);
    Weights again = train(0, Adam.USUAL, 0.001, Signals.NONE);
    assertEquals(once.digest(), again.digest());
    assertNotEquals(start().digest(), once.digest());
  }

  @Test
  void no_epochs_leave_the_weights_as_they_are() {
    Training none = new Training(0, 12, e -> List.of(), Adam.USUAL, e -> 1, SEEDS);
    assertEquals(start().digest(), loop(0).run(start(), none, Signals.NONE).digest());
  }

  @Test
  void micro_batches_end_at_nearly_the_same_weights() {
    Weights whole = train(0, new Sgd(0.9, 5e-4), 0.02, Signals.NONE);
    Weights split = train(5, new Sgd(0.9, 5e-4), 0.02, Signals.NONE);
    for (int i = 0; i < whole.specs().size(); i++) {
      assertArrayEquals(whole.values(i), split.values(i), 1e-4f);
    }
  }

  @Test
  void a_split_step_has_the_gradient_of_the_whole_one() {
    // (mean CE of R)² + variance of F's logits against T's + a penalty: nothing additive over
    // images.
    Objective objective =
        step -> {
          NDArray main =
              CrossEntropy.perImage(step.logits(Role.RETAIN), step.labels(Role.RETAIN))
                  .mean()
                  .square();
          NDArray gap =
              step.logits(Role.FORGET)
                  .square()
                  .mean()
                  .sub(step.detachedLogits(Role.UNSEEN).square().mean())
                  .square();
          NDArray penalty = step.parameters().get(0).abs().sum().mul(1e-2);
          return main.add(gap.mul(3)).add(penalty);
        };
    assertSplitEqualsWhole(objective, DataType.FLOAT64, 1e-12);
    assertSplitEqualsWhole(objective, DataType.FLOAT32, 1e-5);
  }

  private void assertSplitEqualsWhole(Objective objective, DataType type, double tolerance) {
    Map<Role, int[]> images =
        Map.of(
            Role.RETAIN, new int[] {1, 5, 7, 12, 30},
            Role.FORGET, new int[] {2, 3, 4, 6, 8, 9, 10},
            Role.UNSEEN, new int[] {40, 45, 46, 59});
    try (NDManager scope = session.scope();
        ImageTable typed = ImageTable.of(session, dataset, Optional.empty(), type)) {
      NDList parameters = start().toDevice(scope, type);
      Kernels kernels = session.kernels(scope);
      StepInputs inputs =
          new StepInputs(session, network, typed, kernels, parameters, images, 0, true);
      StepResult whole =
          new TrainLoop(session, network, typed, 0).step(inputs, objective, Signals.NONE);
      StepResult split =
          new TrainLoop(session, network, typed, 3).step(inputs, objective, Signals.NONE);
      assertEquals(value(whole.loss()), value(split.loss()), tolerance * value(whole.loss()));
      for (int i = 0; i < parameters.size(); i++) {
        NDArray difference = whole.gradients().get(i).sub(split.gradients().get(i)).norm();
        double scale = Math.max(1e-1, value(whole.gradients().get(i).norm()));
        assertTrue(value(difference) <= tolerance * scale, network.parameters().get(i).name());
      }
    }
  }

  @Test
  void what_is_switched_off_is_0_from_then_on_and_the_rest_goes_on() {
    int classifier = start().specs().size() - 2; // its last bias stands behind it
    List<Weights> seen = new ArrayList<>();
    Masking masking =
        (epoch, now, weights) -> {
          if (epoch == 0) {
            return Optional.empty();
          }
          seen.add(weights.get());
          List<boolean[]> on = new ArrayList<>(now.on().stream().map(boolean[]::clone).toList());
          on.get(classifier)[epoch] = false; // one in epoch 1, another in epoch 2
          return Optional.of(new Masks(on));
        };
    Weights end = train(0, new Sgd(0.9, 5e-4), 0.02, Signals.NONE, masking);
    Weights free = train(0, new Sgd(0.9, 5e-4), 0.02, Signals.NONE);
    float[] last = end.values(classifier);
    assertTrue(last[1] == 0 && last[2] == 0 && last[0] != 0);
    assertNotEquals(free.values(0)[0], end.values(0)[0]);
    // in its epoch the number behind the mask went on by momentum and decay
    float before = seen.get(0).values(classifier)[1];
    float after = seen.get(1).values(classifier)[1];
    assertTrue(after != 0 && after != before);
  }

  /** The rate is right in the first epoch and wrong in those after it. */
  @Test
  void judges_keep_the_best_epoch() {
    int[] pool = IntStream.range(0, 40).toArray();
    Training three = training(3, e -> e == 0 ? 0.02 : -0.02, pool);
    Weights first = loop(0).run(start(), training(1, e -> 0.02, pool), Signals.NONE);
    assertNotEquals(first.digest(), loop(0).run(start(), three, Signals.NONE).digest());
    Weights best = loop(0).run(start(), three.keepingTheBestOn(pool), Signals.NONE);
    assertEquals(first.digest(), best.digest());
  }

  private static Training training(int epochs, IntToDoubleFunction rate, int[] pool) {
    List<Pass> passes = List.of(Pass.over(Role.RETAIN, pool, Objective.crossEntropy(Role.RETAIN)));
    return new Training(epochs, 12, e -> passes, new Sgd(0.9, 5e-4), rate, SEEDS);
  }

  @Test
  void a_masking_that_switches_nothing_off_changes_no_bit() {
    Masking idle = (epoch, now, weights) -> Optional.of(Masks.allOn(weights.get().specs()));
    assertEquals(
        train(0, Adam.USUAL, 0.001, Signals.NONE).digest(),
        train(0, Adam.USUAL, 0.001, Signals.NONE, idle).digest());
  }

  @Test
  void a_split_step_keeps_what_is_off_at_0() {
    Masking half =
        (epoch, now, weights) -> {
          List<boolean[]> on = now.on().stream().map(boolean[]::clone).toList();
          for (int i = 0; i < on.get(0).length; i += 2) {
            on.get(0)[i] = false;
          }
          return epoch == 0 ? Optional.of(new Masks(on)) : Optional.empty();
        };
    Weights whole = train(0, new Sgd(0.9, 5e-4), 0.02, Signals.NONE, half);
    Weights split = train(5, new Sgd(0.9, 5e-4), 0.02, Signals.NONE, half);
    for (int i = 0; i < whole.specs().size(); i++) {
      assertArrayEquals(whole.values(i), split.values(i), 1e-4f);
    }
    assertTrue(split.values(0)[0] == 0 && split.values(0)[1] != 0);
  }

  @Test
  void a_cut_changes_no_bit_of_the_best_epoch() {
    Training plain = training(new Sgd(0.9, 5e-4), 0.02, Masking.NONE);
    Training judged = plain.keepingTheBestOn(new int[] {1, 2, 3});
    assertEquals(12, Cuts.anywhere(signals -> loop(0).run(start(), judged, signals).digest()));
    assertEquals(12, Cuts.anywhere(signals -> loop(5).run(start(), plain, signals).digest()));
  }

  @Test
  void a_stop_is_obeyed_at_the_next_step() {
    List<Double> losses = new ArrayList<>();
    Signals stopping =
        new Signals() {
          @Override
          public boolean stopRequested() {
            return losses.size() == 2;
          }

          @Override
          public void progress(long done, long total, double loss) {
            losses.add(loss);
          }
        };
    assertThrows(StoppedException.class, () -> train(0, Adam.USUAL, 0.001, stopping));
    assertEquals(2, losses.size());
  }

  @Test
  void a_loss_that_is_no_number_ends_the_training_with_a_sentence() {
    DivergedException thrown =
        assertThrows(DivergedException.class, () -> train(0, new Sgd(0, 0), 1e30, Signals.NONE));
    assertTrue(String.valueOf(thrown.getMessage()).contains("of 12 (epoch 1)"), thrown.toString());
  }

  @Test
  void a_last_step_that_leads_to_no_number_is_seen_at_once() {
    Training leap =
        new Training(
            1,
            40,
            e ->
                List.of(
                    Pass.over(
                        Role.RETAIN,
                        IntStream.range(0, 40).toArray(),
                        Objective.crossEntropy(Role.RETAIN))),
            new Sgd(0, 0),
            e -> 1e300, // beyond single precision: the loss before this only step is finite
            SEEDS);
    DivergedException thrown =
        assertThrows(DivergedException.class, () -> loop(0).run(start(), leap, Signals.NONE));
    assertTrue(
        String.valueOf(thrown.getMessage()).contains("the last of 1 steps"), thrown.toString());
  }

  @Test
  void gradients_are_only_recorded_where_asked_for() {
    try (NDManager scope = session.scope()) {
      Kernels kernels = session.kernels(scope);
      NDArray x = kernels.leaf(scope.create(new double[] {3, 4}));
      NDArray unused = kernels.leaf(scope.create(new double[] {7}));
      NDArray y = session.recording(() -> x.square().sum()); // 25; dy/dx = 2x
      NDList gradients = session.gradients(y, new NDList(x, unused));
      assertArrayEquals(new double[] {6, 8}, gradients.get(0).toDoubleArray());
      assertArrayEquals(new double[] {0}, gradients.get(1).toDoubleArray());
      NDArray outside = x.square().sum();
      assertThrows(RuntimeException.class, () -> session.gradients(outside, new NDList(x)));
    }
  }

  private Weights train(int microBatch, Optimizer optimizer, double rate, Signals signals) {
    return train(microBatch, optimizer, rate, signals, Masking.NONE);
  }

  private Weights train(
      int microBatch, Optimizer optimizer, double rate, Signals signals, Masking masking) {
    return loop(microBatch).run(start(), training(optimizer, rate, masking), signals);
  }

  private static Training training(Optimizer optimizer, double rate, Masking masking) {
    int[] pool = IntStream.range(0, 40).toArray();
    List<Pass> passes = List.of(Pass.over(Role.RETAIN, pool, Objective.crossEntropy(Role.RETAIN)));
    return new Training(3, 12, e -> passes, optimizer, e -> rate, SEEDS, masking);
  }

  private TrainLoop loop(int microBatch) {
    return new TrainLoop(session, network, table, microBatch);
  }

  private Weights start() {
    return Weights.initial(network, new Draws(3));
  }

  private static double value(NDArray scalar) {
    return scalar.toType(DataType.FLOAT64, false).getDouble();
  }

  private static Signals collecting(List<Double> losses) {
    return new Signals() {
      @Override
      public boolean stopRequested() {
        return false;
      }

      @Override
      public void progress(long done, long total, double loss) {
        losses.add(loss);
      }
    };
  }
}
