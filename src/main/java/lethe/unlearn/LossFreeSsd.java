package lethe.unlearn;

import java.util.Set;
import lethe.net.Moments;
import lethe.net.Objective;
import lethe.net.Role;
import lethe.net.Signals;
import lethe.net.TrainLoop;
import lethe.net.Weights;
import lethe.plan.Card;
import lethe.plan.StageKind;

/**
 * Loss-free SSD (LF-SSD): {@link Ssd} that looks at outputs instead of losses.
 *
 * <p><b>Idea.</b> How much a weight moves the outputs tells its importance without labels.
 *
 * <p><b>Source.</b> Foster, Fogarty, Schoepf, Öztireli and Brintrup (2024), "Loss-free machine
 * unlearning"; {@code ssd_lf.py} of the authors' code, in none of the paper's tables.
 *
 * <p><b>Equation.</b> {@link lethe.kernel.array.SynapticDampening} with importances mean over
 * batches of |∂ mean ‖z‖² / ∂θ|, z the logits, of F and of F and R together.
 *
 * <p><b>Departures.</b> As {@link Ssd}: the importances are the right way round but under protocol
 * as-published.
 *
 * <p><b>Cost.</b> A forward and a backward pass over R once and over F twice.
 */
final class LossFreeSsd implements Method {
  private static final Card CARD =
      new Card("lf-ssd", "LF-SSD", "unlearn.lf-ssd", 1, Dampening.KNOBS, Set.of(StageKind.ORIGINAL))
          .departing();

  private static final int[] CLASSES = {1}; // the dimension of a row of logits

  @Override
  public Card card() {
    return CARD;
  }

  @Override
  public Weights unlearn(Task task, TrainLoop loop, Signals signals) {
    Objective norm = step -> step.logits(Role.MIXED).square().sum(CLASSES).mean();
    return new Dampening(task, loop, signals).dampened(norm, Moments.Form.MAGNITUDE);
  }
}
