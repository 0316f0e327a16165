package lethe.net;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Weights that a training switches off on its way. One that is off counts as 0 in the network and
 * gets no gradient of the loss; momentum and weight decay still move the number behind it, as under
 * PyTorch's pruning masks.
 *
 * <p>It must be a function of what it is given: a training is its numbers, its optimiser's state
 * and its masks, and can go on from these.
 */
@FunctionalInterface
public interface Masking {
  /** Every weight stays on. */
  Masking NONE = (epoch, now, weights) -> Optional.empty();

  /**
   * The masks from the start of an epoch on; empty where they stay as they are.
   *
   * @param epoch 0-based
   * @param now the masks so far
   * @param weights the numbers themselves, behind the masks; copied to the host when asked for
   */
  Optional<Masks> before(int epoch, Masks now, Supplier<Weights> weights);
}
