package lethe.unlearn;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.IntFunction;
import lethe.kernel.tensor.CrossEntropy;
import lethe.kernel.tensor.MembershipTerm;
import lethe.kernel.tensor.Scaled;
import lethe.kernel.tensor.SoftCdf;
import lethe.net.Adam;
import lethe.net.Companion;
import lethe.net.Objective;
import lethe.net.Pass;
import lethe.net.Role;
import lethe.net.StepView;
import lethe.net.Training;
import lethe.plan.Card;
import lethe.plan.Knob;
import lethe.plan.Settings;

/**
 * Accelerated unlearning (A-AMU) around a method: A-CF, and others alike.
 *
 * <p><b>Idea.</b> Besides what the method does, make the losses of forgotten images look like those
 * of unseen images; square the method's main loss, so that it yields while it is small.
 *
 * <p><b>Source.</b> Section 3.4 of the paper; {@code accelerated_cf.py} lines 146-178, {@code
 * accelerated_sparisification.py} and {@code accelerated_scrub.py} of the authors' code.
 *
 * <p><b>Equation.</b> min_θ w · L² + rest + λ Γ(T, F), where the method alone has w · L + rest; L
 * is mean CE(R), for bad distillation its mean divergence; Γ of {@link MembershipTerm}; phases
 * without L stay as they are.
 *
 * <p><b>Departures.</b> From the paper, as in the code: a relu in the soft ranks (unless {@code
 * soft-ranks = paper}), λ = 34, Adam at a constant rate, T from test images that are not reported
 * on. From the code: none; F and T are drawn from the seed. Neither accelerates bad distillation or
 * pruning; they are here because the paper says every method can be.
 *
 * <p><b>Cost.</b> Each step of b retained images takes c · b of F (forward and backward) and c · b
 * of T (forward): 6.3 times the step of CF at c = 4.
 */
final class Accelerated implements Trained {
  private static final int VERSION =
      2; // 1 could follow a wrong gradient after a garbage collection
  private static final double PROBIT_BOUND = 60; // the authors' K; never reached

  private static final List<Knob> KNOBS =
      List.of(
          SgdKnobs.EPOCHS,
          SgdKnobs.BATCH,
          SgdKnobs.LEARNING_RATE,
          Knob.number("mmd-weight", 0, Double.MAX_VALUE),
          Knob.number("temperature", Double.MIN_VALUE, Double.MAX_VALUE),
          Knob.choice("soft-ranks", List.of("code", "paper")),
          Knob.integer("companions", 1, 64));

  private final Accelerable method;
  private final Card card;

  /**
   * @param method which to accelerate
   * @param more settings its phases read besides those every accelerated method has
   */
  Accelerated(Accelerable method, List<Knob> more) {
    this.method = method;
    Card plain = method.card();
    this.card =
        new Card(
            "a-" + plain.id(),
            "A-" + plain.title(),
            "unlearn.a-" + plain.id(),
            VERSION,
            SgdKnobs.with(KNOBS, more),
            plain.needs(),
            plain.departs());
  }

  @Override
  public Card card() {
    return card;
  }

  @Override
  public Training training(Task task) {
    Settings settings = task.settings();
    double rate = settings.number("learning-rate");
    IntFunction<List<Phase>> phases = method.phases(task);
    return new Training(
        settings.integer("epochs"),
        settings.integer("batch"),
        epoch -> phases.apply(epoch).stream().map(phase -> pass(phase, task)).toList(),
        Adam.USUAL,
        epoch -> rate,
        task.seeds(),
        method.masking(task));
  }

  private static Pass pass(Phase phase, Task task) {
    if (!phase.hasMain()) {
      return Pass.over(phase.leading(), phase.pool(), phase.objective());
    }
    int times = task.settings().integer("companions");
    List<Companion> companions =
        List.of(
            new Companion.Sampled(Role.FORGET, task.forget(), times),
            new Companion.ClassMatched(Role.UNSEEN, task.unseen(), times, Role.FORGET));
    return new Pass(phase.leading(), phase.pool(), companions, objective(phase, task.settings()));
  }

  private static Objective objective(Phase phase, Settings settings) {
    SoftCdf.Form form =
        settings.text("soft-ranks").equals("paper") ? SoftCdf.Form.PAPER : SoftCdf.Form.CODE;
    MembershipTerm term = new MembershipTerm(settings.number("temperature"), PROBIT_BOUND, form);
    double weight = settings.number("mmd-weight");
    Objective squared = phase.squaredObjective();
    return step -> squared.loss(step).add(Scaled.by(gamma(term, step), weight));
  }

  private static NDArray gamma(MembershipTerm term, StepView step) {
    NDArray forget = CrossEntropy.perImage(step.logits(Role.FORGET), step.labels(Role.FORGET));
    NDArray unseen =
        CrossEntropy.perImage(step.detachedLogits(Role.UNSEEN), step.labels(Role.UNSEEN));
    return term.of(unseen, forget);
  }
}
