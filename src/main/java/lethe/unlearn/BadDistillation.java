package lethe.unlearn;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import lethe.kernel.array.Draws;
import lethe.net.Role;
import lethe.net.Training;
import lethe.net.Weights;
import lethe.plan.Card;
import lethe.plan.Knob;

/**
 * Bad distillation: two teachers, of whom the one that knows nothing answers for the forget set.
 *
 * <p><b>Idea.</b> Imitate the original weights on retained images and fresh random weights on
 * forgotten ones; nobody's labels are looked at.
 *
 * <p><b>Source.</b> Chundawat, Tarun, Mandal and Kankanhalli (2023), "Can bad teaching induce
 * forgetting?"; {@code bad_distillation.py} lines 32-107 of the authors' code.
 *
 * <p><b>Equation.</b> min_θ KL_T(teacher, θ) over F and a fixed random share of R, shuffled
 * together; the teacher is fresh weights on F, the original weights on R; from the original θ.
 *
 * <p><b>Departures.</b> The share of R is one setting for all recipes; under protocol as-published,
 * all images of a condensed one are shown, as the authors do. Teachers are asked once for each
 * image instead of once a step: the same numbers. The bad teacher and the share are drawn from the
 * seed.
 *
 * <p><b>Cost.</b> A forward and a backward pass over F and the share of R an epoch, and one forward
 * pass of the teachers in all.
 */
final class BadDistillation implements Taught {
  static final List<Knob> OWN = List.of(KL_TEMPERATURE, Knob.number("partial-retain-ratio", 0, 1));

  private static final Card CARD =
      new Card(
              "bad-distillation",
              "Bad distillation",
              "unlearn.bad-distillation",
              1,
              SgdKnobs.with(SgdKnobs.CONSTANT, OWN),
              NEEDS)
          .departing();

  @Override
  public Card card() {
    return CARD;
  }

  @Override
  public Teacher teacher(Task task) {
    Draws draws = new Draws(task.seeds().of("bad-teacher", 0, 0));
    Weights bad = Weights.initial(task.inference().network(), draws);
    return TeacherLogits.ofStart(task, shown(task)).and(TeacherLogits.of(task, bad, task.forget()));
  }

  @Override
  public IntFunction<List<Phase>> phases(Task task, Teacher teacher) {
    double temperature = task.settings().number("kl-temperature");
    int[] pool = IntStream.concat(IntStream.of(task.forget()), IntStream.of(shown(task))).toArray();
    Phase imitation =
        Phase.mixed(pool, step -> Taught.divergence(step, Role.MIXED, teacher, temperature));
    return epoch -> List.of(imitation);
  }

  /** The retained images that are shown: the same in every epoch. */
  private static int[] shown(Task task) {
    boolean all = task.settings().asPublished() && task.recipe().condenses();
    double share = all ? 1 : task.settings().number("partial-retain-ratio");
    Draws draws = new Draws(task.seeds().of("partial-retain", 0, 0));
    return draws.sample(task.retain(), (int) (share * task.retain().length));
  }

  @Override
  public Training training(Task task) {
    return SgdKnobs.constantTraining(this, task);
  }
}
