package lethe.condense;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import lethe.kernel.tensor.DistributionMatch;
import lethe.net.Embedder;

/**
 * Distribution matching (DM): synthetic images that untrained networks see as they see real ones,
 * on average.
 *
 * <p><b>Idea.</b> Match mean embeddings under many random networks; nothing is trained on the way.
 *
 * <p><b>Source.</b> Zhao and Bilen (2023), "Dataset condensation with distribution matching";
 * {@code distribution_matching.py} of the authors' code.
 *
 * <p><b>Equation.</b> Σ_classes {@link DistributionMatch}, a fresh random ConvNet each iteration;
 * gradient descent with momentum on the pixels.
 *
 * <p><b>Departures.</b> From the code: augmentation is siamese ({@link SiameseAugmentation}) but
 * under protocol as-published. The authors' learning rate of 0.01 is the default; the method's own
 * is 1.
 *
 * <p><b>Cost.</b> An iteration passes a batch of real images of each class forward and all
 * synthetic ones forward and backward.
 */
final class DistributionMatching implements Condenser {
  @Override
  public Condensed condense(CondenseTask task) {
    MatchingStep step = new MatchingStep(task);
    int iterations = task.settings().integer("iterations");
    try (NDManager home = task.session().scope()) {
      SyntheticSet set = new SyntheticSet(task, home);
      step.takeAll(
          set,
          iterations,
          new NDList(),
          (number, scope) -> {
            Embedder psi = RandomNetworks.fresh(task, number);
            NDList weights = psi.weights().toDevice(scope);
            return (real, synthetic, label, k) ->
                DistributionMatch.loss(
                    psi.network().embed(weights, real, k),
                    psi.network().embed(weights, synthetic, k));
          });
      return new Condensed(set.prototypes(), 0);
    }
  }
}
