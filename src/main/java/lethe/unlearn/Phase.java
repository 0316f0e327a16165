package lethe.unlearn;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import lethe.kernel.tensor.CrossEntropy;
import lethe.kernel.tensor.Scaled;
import lethe.net.Objective;
import lethe.net.Role;
import lethe.net.StepView;

/**
 * One walk over the images of a role, and what its steps make smaller: mainWeight · L + rest, L the
 * mean cross-entropy of the retained images. Apart, so that {@link Accelerated} can square L and
 * keep the rest.
 *
 * @param leading whose images are walked over
 * @param mainWeight weight of L; 0 for a phase that does not look at the retained images' labels
 * @param rest the method's other terms
 */
record Phase(Role leading, double mainWeight, Optional<Objective> rest) {
  /** Plain training on the retained images: L alone. */
  static final Phase RETAIN = new Phase(Role.RETAIN, 1, Optional.empty());

  Phase {
    if (mainWeight == 0 && rest.isEmpty()) {
      throw new IllegalArgumentException("A phase without a term has nothing to make smaller");
    }
  }

  /** Whether L is among its terms. */
  boolean hasMain() {
    return mainWeight != 0;
  }

  /** mainWeight · L + rest. */
  Objective objective() {
    return step -> sum(step, hasMain() ? Optional.of(meanLoss(step)) : Optional.empty());
  }

  /** mainWeight · L² + rest. */
  Objective squaredObjective() {
    return step -> sum(step, Optional.of(meanLoss(step).square()));
  }

  private NDArray sum(StepView step, Optional<NDArray> main) {
    Optional<NDArray> weighted = main.map(l -> mainWeight == 1 ? l : Scaled.by(l, mainWeight));
    Optional<NDArray> other = rest.map(objective -> objective.loss(step));
    return weighted.map(l -> other.map(l::add).orElse(l)).or(() -> other).orElseThrow();
  }

  private static NDArray meanLoss(StepView step) {
    return CrossEntropy.perImage(step.logits(Role.RETAIN), step.labels(Role.RETAIN)).mean();
  }
}
