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
 * Selective synaptic dampening (SSD): shrinks what the forget set alone needs, without training.
 *
 * <p><b>Idea.</b> A weight with a steep loss on forgotten images and a flat one on the others holds
 * what is to be forgotten.
 *
 * <p><b>Source.</b> Foster, Schoepf and Brintrup (2024), "Fast machine unlearning without
 * retraining through selective synaptic dampening"; {@code ssd.py} of the authors' code, in none of
 * the paper's tables.
 *
 * <p><b>Equation.</b> {@link lethe.kernel.array.SynapticDampening} with importances mean over
 * batches of (∂ mean CE / ∂θ)², of F and of F and R together.
 *
 * <p><b>Departures.</b> From the authors' code, which hands the two importances over in the wrong
 * order and so dampens what matters for all images; protocol as-published does so too. Batches are
 * shuffled from the seed.
 *
 * <p><b>Cost.</b> A forward and a backward pass over R once and over F twice.
 */
final class Ssd implements Method {
  private static final Card CARD =
      new Card("ssd", "SSD", "unlearn.ssd", 1, Dampening.KNOBS, Set.of(StageKind.ORIGINAL))
          .departing();

  @Override
  public Card card() {
    return CARD;
  }

  @Override
  public Weights unlearn(Task task, TrainLoop loop, Signals signals) {
    Objective entropy = Objective.crossEntropy(Role.MIXED);
    return new Dampening(task, loop, signals).dampened(entropy, Moments.Form.SQUARE);
  }
}
