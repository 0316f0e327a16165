package lethe.unlearn;

import java.util.List;
import java.util.Set;
import lethe.kernel.tensor.Scaled;
import lethe.net.Companion;
import lethe.net.Objective;
import lethe.net.Pass;
import lethe.net.Role;
import lethe.net.Sgd;
import lethe.net.Training;
import lethe.plan.Card;
import lethe.plan.Knob;
import lethe.plan.Settings;
import lethe.plan.StageKind;

/**
 * NegGrad+: training on while climbing on the forget set.
 *
 * <p><b>Idea.</b> Gradient ascent forgets, and descent on retained images in the same step keeps
 * the rest.
 *
 * <p><b>Source.</b> Kurmanji, Triantafillou, Hayes and Triantafillou (2023), "Towards unbounded
 * machine unlearning", where it is a baseline; neither the paper nor its code has it.
 *
 * <p><b>Equation.</b> min_θ β · mean CE(R) − (1 − β) · mean CE(F), from the original θ.
 *
 * <p><b>Departures.</b> None: each step has as many forgotten as retained images, as far as there
 * are so many; the learning rate is constant.
 *
 * <p><b>Cost.</b> A forward and a backward pass over twice as many images as CF.
 */
final class NegGradPlus implements Trained {
  private static final Card CARD =
      new Card(
          "neg-grad-plus",
          "NegGrad+",
          "unlearn.neg-grad-plus",
          1,
          SgdKnobs.with(SgdKnobs.CONSTANT, List.of(Knob.number("main-weight", 0, 1))),
          Set.of(StageKind.ORIGINAL));

  @Override
  public Card card() {
    return CARD;
  }

  @Override
  public Training training(Task task) {
    Settings settings = task.settings();
    double weight = settings.number("main-weight");
    double rate = settings.number("learning-rate");
    Objective retain = Objective.crossEntropy(Role.RETAIN);
    Objective forget = Objective.crossEntropy(Role.FORGET);
    Pass pass =
        new Pass(
            Role.RETAIN,
            task.retain(),
            List.of(new Companion.Sampled(Role.FORGET, task.forget(), 1)),
            step ->
                Scaled.by(retain.loss(step), weight).sub(Scaled.by(forget.loss(step), 1 - weight)));
    return new Training(
        settings.integer("epochs"),
        settings.integer("batch"),
        epoch -> List.of(pass),
        new Sgd(settings.number("momentum"), settings.number("weight-decay")),
        epoch -> rate,
        task.seeds());
  }
}
