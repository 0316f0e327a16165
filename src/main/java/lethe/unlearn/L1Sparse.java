package lethe.unlearn;

import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import lethe.kernel.array.L1Schedule;
import lethe.kernel.tensor.L1Norm;
import lethe.kernel.tensor.Scaled;
import lethe.net.Training;
import lethe.plan.Card;
import lethe.plan.Knob;
import lethe.plan.Settings;
import lethe.plan.StageKind;

/**
 * L1-sparse unlearning: training on without the forget set, with many weights drawn to 0.
 *
 * <p><b>Idea.</b> A sparse network has less room for what it is not shown.
 *
 * <p><b>Source.</b> Jia et al. (2023), "Model sparsity can simplify machine unlearning"; {@code
 * sparisification.py} lines 6-100 of the authors' code.
 *
 * <p><b>Equation.</b> min_θ mean CE(R) + α(e) ‖θ‖₁, α(e) of {@link L1Schedule}, from the original
 * θ.
 *
 * <p><b>Departures.</b> None from the code: every parameter is in the norm, and the learning rate
 * is constant because the code's steps come after its last epoch.
 *
 * <p><b>Cost.</b> A forward and a backward pass over R an epoch.
 */
final class L1Sparse implements Accelerable {
  static final List<Knob> OWN =
      List.of(
          Knob.number("l1-weight", 0, Double.MAX_VALUE), Knob.integer("l1-free-epochs", 0, 10_000));

  private static final Card CARD =
      new Card(
          "l1-sparse",
          "L1-sparse",
          "unlearn.l1-sparse",
          1,
          SgdKnobs.with(SgdKnobs.CONSTANT, OWN),
          Set.of(StageKind.ORIGINAL));

  @Override
  public Card card() {
    return CARD;
  }

  @Override
  public IntFunction<List<Phase>> phases(Task task) {
    Settings settings = task.settings();
    L1Schedule schedule =
        new L1Schedule(
            settings.number("l1-weight"),
            settings.integer("l1-free-epochs"),
            settings.integer("epochs"));
    return epoch -> List.of(phase(task, schedule.weight(epoch)));
  }

  private static Phase phase(Task task, double weight) {
    return weight == 0
        ? Phase.retained(task)
        : Phase.retained(task, 1, step -> Scaled.by(L1Norm.of(step.parameters()), weight));
  }

  @Override
  public Training training(Task task) {
    return SgdKnobs.constantTraining(this, task);
  }
}
