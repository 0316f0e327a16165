package lethe.unlearn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lethe.net.ConvNet;
import lethe.net.EngineSession;
import lethe.net.EngineSettings;
import lethe.net.Kernels;
import lethe.net.Objective;
import lethe.net.Role;
import lethe.net.StepView;
import lethe.plan.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcceleratedLossTest {
  private static final double[] FORGET = {0, 0.01, 0.2, 1.5, 6};
  private static final double[] UNSEEN = {0, 0.3, 0.9, 2, 4};
  private static final double DISTANCE = 0.00349042; // of these two at temperature 2
  private static final Map<String, String> SETTINGS =
      Map.of(
          "epochs", "1",
          "batch", "2",
          "learning-rate", "1e-4",
          "mmd-weight", "34",
          "temperature", "2",
          "soft-ranks", "code",
          "companions", "1");

  private final EngineSession session = EngineSession.open(new EngineSettings("cpu", 1));
  private final NDManager scope = session.scope();

  @AfterEach
  void close() {
    scope.close();
    session.close();
  }

  @Test
  void it_is_the_squared_mean_loss_and_the_weighted_distance() {
    // mean CE(R) = (0.2 + 0.8) / 2 = 0.5; 0.25 + 34 * 0.00349042 = 0.368674
    double loss = loss(objective(new CatastrophicForgetting(), task()), 0.2, 0.8);
    assertEquals(0.25 + 34 * DISTANCE, loss, 1e-6);
  }

  @Test
  void the_papers_soft_ranks_have_another_distance() {
    Map<String, String> paper = new TreeMap<>(SETTINGS);
    paper.put("soft-ranks", "paper");
    Task task = Tasks.of(Settings.of(paper), new ConvNet(4, 3, 10), session);
    double loss = loss(objective(new CatastrophicForgetting(), task), 0.2, 0.8);
    assertEquals(0.25 + 34 * 0.00327511, loss, 1e-6);
  }

  @Test
  void it_keeps_the_weight_of_the_main_term_and_the_other_terms() {
    // 0.99 * 0.5^2 + 7 + 34 * 0.00349042
    Objective seven = step -> step.kernels().scope().create(7.0);
    Phase phase = Phase.retained(task(), 0.99, seven);
    assertEquals(0.99 * 0.25 + 7, loss(phase.squaredObjective(), 0.2, 0.8), 1e-12);
    assertEquals(0.99 * 0.5 + 7, loss(phase.objective(), 0.2, 0.8), 1e-12);
  }

  private static Objective objective(Accelerable method, Task task) {
    Trained accelerated = new Accelerated(method, List.of());
    return accelerated.training(task).passesOf().apply(0).get(0).objective();
  }

  private Task task() {
    return Tasks.of(Settings.of(SETTINGS), new ConvNet(4, 3, 10), session);
  }

  private double loss(Objective objective, double... retain) {
    return objective.loss(new GivenLosses(retain)).getDouble();
  }

  /** A step with two classes whose images have given cross-entropies; T only as constants. */
  private final class GivenLosses implements StepView {
    private final double[] retain;

    GivenLosses(double[] retain) {
      this.retain = retain;
    }

    @Override
    public NDArray logits(Role role) {
      return switch (role) {
        case RETAIN -> scores(retain);
        case FORGET -> scores(FORGET);
        case UNSEEN -> throw new AssertionError("gradients must not flow through T");
        case MIXED -> throw new AssertionError("CF has no mixed batches");
      };
    }

    @Override
    public NDArray detachedLogits(Role role) {
      return scores(role == Role.UNSEEN ? UNSEEN : FORGET);
    }

    /** Scores (z, 0) of class 0: CE = log(1 + e^-z), so z = -log(e^CE - 1). */
    private NDArray scores(double[] crossEntropies) {
      double[] scores = new double[2 * crossEntropies.length];
      for (int i = 0; i < crossEntropies.length; i++) {
        scores[2 * i] = crossEntropies[i] == 0 ? 800 : -Math.log(Math.expm1(crossEntropies[i]));
      }
      return scope.create(scores, new Shape(crossEntropies.length, 2));
    }

    @Override
    public NDArray labels(Role role) {
      int count = role == Role.RETAIN ? retain.length : FORGET.length;
      return scope.zeros(new Shape(count), DataType.INT64);
    }

    @Override
    public int[] indices(Role role) {
      return new int[0];
    }

    @Override
    public NDList parameters() {
      return new NDList();
    }

    @Override
    public Kernels kernels() {
      return session.kernels(scope);
    }

    @Override
    public int epoch() {
      return 0;
    }
  }
}
