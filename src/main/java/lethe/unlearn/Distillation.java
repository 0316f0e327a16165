package lethe.unlearn;

import java.util.List;
import java.util.function.IntFunction;
import lethe.kernel.tensor.Scaled;
import lethe.net.Role;
import lethe.net.Training;
import lethe.plan.Card;
import lethe.plan.Knob;
import lethe.plan.Settings;

/**
 * Distillation: training on without the forget set, held near the original weights' answers.
 *
 * <p><b>Idea.</b> CF, with a teacher that keeps what is known of the retained images.
 *
 * <p><b>Source.</b> {@code distillation.py} of the authors' code; not in the paper's tables.
 *
 * <p><b>Equation.</b> min_θ γ · mean CE(R) + β · KL_T(teacher, θ; R); teacher and first θ are the
 * original weights.
 *
 * <p><b>Departures.</b> None from the code; the teacher is asked once for each image instead of
 * once a step: the same numbers.
 *
 * <p><b>Cost.</b> A forward and a backward pass over R an epoch, and one forward pass of the
 * teacher.
 */
final class Distillation implements Taught {
  private static final List<Knob> OWN = List.of(KL_TEMPERATURE, MAIN_WEIGHT, KL_WEIGHT);

  private static final Card CARD =
      new Card(
          "distillation",
          "Distillation",
          "unlearn.distillation",
          1,
          SgdKnobs.with(SgdKnobs.CONSTANT, OWN),
          NEEDS);

  @Override
  public Card card() {
    return CARD;
  }

  @Override
  public Teacher teacher(Task task) {
    return TeacherLogits.ofStart(task, task.retain());
  }

  @Override
  public IntFunction<List<Phase>> phases(Task task, Teacher teacher) {
    Settings settings = task.settings();
    double temperature = settings.number("kl-temperature");
    double weight = settings.number("kl-weight");
    Phase phase =
        Phase.retained(
            task,
            settings.number("main-weight"),
            step -> Scaled.by(Taught.divergence(step, Role.RETAIN, teacher, temperature), weight));
    return epoch -> List.of(phase);
  }

  @Override
  public Training training(Task task) {
    return SgdKnobs.constantTraining(this, task);
  }
}
