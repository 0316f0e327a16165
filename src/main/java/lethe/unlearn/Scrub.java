package lethe.unlearn;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import lethe.kernel.tensor.Scaled;
import lethe.net.Role;
import lethe.net.Training;
import lethe.plan.Card;
import lethe.plan.Knob;
import lethe.plan.Settings;

/**
 * SCRUB: away from the original weights on the forget set, then back towards them on the retain
 * set.
 *
 * <p><b>Idea.</b> A student that disobeys its teacher on forgotten images and obeys on the others;
 * the last epochs only repair.
 *
 * <p><b>Source.</b> Kurmanji, Triantafillou, Hayes and Triantafillou (2023), "Towards unbounded
 * machine unlearning"; {@code scrub.py} lines 22-152 of the authors' code.
 *
 * <p><b>Equation.</b> In epochs e ≤ m: max_θ w · KL_T(teacher, θ; F), a pass over F; then in every
 * epoch min_θ γ · mean CE(R) + β · KL_T(teacher, θ; R), a pass over R. Teacher and first θ are the
 * original weights.
 *
 * <p><b>Departures.</b> From the paper, as in the code: e counts from 0, so m + 1 epochs maximise,
 * and w = 0.2. The teacher is asked once for each image instead of once a step: the same numbers.
 *
 * <p><b>Cost.</b> A forward and a backward pass over R an epoch and over F in m + 1 of them, and
 * one forward pass of the teacher over both.
 */
final class Scrub implements Taught {
  static final List<Knob> OWN =
      List.of(
          KL_TEMPERATURE,
          MAIN_WEIGHT,
          KL_WEIGHT,
          Knob.number("forget-kl-weight", 0, Double.MAX_VALUE),
          Knob.integer("m-steps", 0, 10_000));

  private static final Card CARD =
      new Card("scrub", "SCRUB", "unlearn.scrub", 1, SgdKnobs.with(SgdKnobs.ALL, OWN), NEEDS);

  @Override
  public Card card() {
    return CARD;
  }

  @Override
  public Teacher teacher(Task task) {
    int[] images =
        IntStream.concat(IntStream.of(task.forget()), IntStream.of(task.retain())).toArray();
    return TeacherLogits.ofStart(task, images);
  }

  @Override
  public IntFunction<List<Phase>> phases(Task task, Teacher teacher) {
    Settings settings = task.settings();
    double temperature = settings.number("kl-temperature");
    double away = -settings.number("forget-kl-weight");
    double back = settings.number("kl-weight");
    int last = settings.integer("m-steps");
    Phase max =
        Phase.forgotten(
            task,
            step -> Scaled.by(Taught.divergence(step, Role.FORGET, teacher, temperature), away));
    Phase min =
        Phase.retained(
            task,
            settings.number("main-weight"),
            step -> Scaled.by(Taught.divergence(step, Role.RETAIN, teacher, temperature), back));
    return epoch -> epoch <= last ? List.of(max, min) : List.of(min);
  }

  @Override
  public Training training(Task task) {
    return SgdKnobs.training(this, task);
  }
}
