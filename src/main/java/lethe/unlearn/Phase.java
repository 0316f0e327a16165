package lethe.unlearn;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import java.util.function.UnaryOperator;
import lethe.kernel.tensor.Scaled;
import lethe.net.Objective;
import lethe.net.Role;
import lethe.net.StepView;

/**
 * One walk over the images of a role, and what its steps make smaller: weight · L + rest, L the
 * method's main loss. Apart, so that {@link Accelerated} can square L and keep the rest.
 *
 * @param leading whose images are walked over
 * @param pool their numbers in the image table
 * @param main what keeps the network working; empty for a phase that only unlearns
 * @param rest the method's other terms
 */
record Phase(Role leading, int[] pool, Optional<Main> main, Optional<Objective> rest) {
  /** L and its weight. */
  record Main(double weight, Objective loss) {}

  Phase {
    if (main.isEmpty() && rest.isEmpty()) {
      throw new IllegalArgumentException("A phase without a term has nothing to make smaller");
    }
  }

  /** Plain training on the retained images: L alone, their mean cross-entropy. */
  static Phase retained(Task task) {
    return retained(task, 1, Optional.empty());
  }

  /** weight · mean cross-entropy of the retained images + rest. */
  static Phase retained(Task task, double weight, Objective rest) {
    return retained(task, weight, Optional.of(rest));
  }

  private static Phase retained(Task task, double weight, Optional<Objective> rest) {
    Main main = new Main(weight, Objective.crossEntropy(Role.RETAIN));
    return new Phase(Role.RETAIN, task.retain(), Optional.of(main), rest);
  }

  /** {@code loss} on the forgotten images, which is nobody's main loss. */
  static Phase forgotten(Task task, Objective loss) {
    return new Phase(Role.FORGET, task.forget(), Optional.empty(), Optional.of(loss));
  }

  /** {@code main} alone, on {@code pool}, where forgotten and retained images stand together. */
  static Phase mixed(int[] pool, Objective main) {
    return new Phase(Role.MIXED, pool, Optional.of(new Main(1, main)), Optional.empty());
  }

  /** Whether it has a main loss. */
  boolean hasMain() {
    return main.isPresent();
  }

  /** weight · L + rest. */
  Objective objective() {
    return step -> sum(step, loss -> loss);
  }

  /** weight · L² + rest. */
  Objective squaredObjective() {
    return step -> sum(step, NDArray::square);
  }

  private NDArray sum(StepView step, UnaryOperator<NDArray> form) {
    Optional<NDArray> weighted =
        main.map(
            m -> {
              NDArray loss = form.apply(m.loss().loss(step));
              return m.weight() == 1 ? loss : Scaled.by(loss, m.weight());
            });
    Optional<NDArray> other = rest.map(objective -> objective.loss(step));
    return weighted.map(l -> other.map(l::add).orElse(l)).or(() -> other).orElseThrow();
  }
}
