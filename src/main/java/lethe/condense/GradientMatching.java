package lethe.condense;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.Arrays;
import java.util.stream.IntStream;
import lethe.kernel.tensor.CrossEntropy;
import lethe.kernel.tensor.GradientMatch;
import lethe.net.Embedder;
import lethe.net.Kernels;
import lethe.net.Network;

/**
 * Gradient matching (GM): synthetic images that move a network's parameters as real ones do.
 *
 * <p><b>Idea.</b> Equal gradients at every point of a training lead to equal weights at its end.
 *
 * <p><b>Source.</b> Zhao, Mopuri and Bilen (2021), "Dataset condensation with gradient matching",
 * with siamese augmentation; {@code gradient_matching.py} of the authors' code.
 *
 * <p><b>Equation.</b> Σ_classes {@link GradientMatch} of ∂ mean CE/∂θ; θ is drawn anew in every
 * iteration and trained on the synthetic images between the steps of its outer loop.
 *
 * <p><b>Departures.</b> From the code: augmentation is siamese but under protocol as-published.
 *
 * <p><b>Cost.</b> A step passes a batch of real images of each class, and all synthetic ones,
 * forward and backward, and the latter backward once more through both; the graph of a class is
 * held at once.
 */
final class GradientMatching implements Condenser {
  private static final int TRAINED_TOGETHER = 256; // synthetic images in a step of the network

  @Override
  public Condensed condense(CondenseTask task) {
    MatchingStep step = new MatchingStep(task);
    int iterations = task.settings().integer("iterations");
    try (NDManager home = task.session().scope()) {
      SyntheticSet set = new SyntheticSet(task, home);
      Loops loops = Loops.of(task.settings().integer("clusters-per-class"));
      Embedder first = RandomNetworks.fresh(task, 0);
      Network network = first.network();
      NDList theta = first.weights().toDevice(home);
      step.takeAll(
          set,
          Math.multiplyExact(iterations, loops.outer()),
          theta,
          (number, scope) -> {
            if (number % loops.outer() == 0) {
              Embedder drawn = RandomNetworks.fresh(task, number / loops.outer());
              copy(drawn.weights().toDevice(scope), theta);
            } else {
              train(task, network, theta, set, number - 1, loops.inner());
            }
            return (real, synthetic, label, k) -> loss(network, theta, real, synthetic, label, k);
          });
      return new Condensed(set.prototypes(), 0);
    }
  }

  /**
   * How often the images move for one network, and how many epochs it is trained between two moves:
   * the published numbers for 1, 10, 20, 30, 40 and 50 images a class, those of the nearest below
   * for others.
   */
  record Loops(int outer, int inner) {
    static Loops of(int imagesPerClass) {
      int tens = Math.min(5, imagesPerClass / 10);
      int[] inner = {1, 50, 25, 20, 15, 10};
      return new Loops(tens == 0 ? 1 : 10 * tens, inner[tens]);
    }
  }

  /** The loss of one class. */
  static NDArray loss(
      Network network, NDList theta, NDArray real, NDArray synthetic, int label, Kernels kernels) {
    NDList leaves = kernels.leaves(theta);
    NDList wanted = kernels.gradients(entropy(network, leaves, real, label, kernels), leaves);
    NDList found =
        kernels.differentiableGradients(
            entropy(network, leaves, synthetic, label, kernels), leaves);
    return GradientMatch.loss(wanted, found);
  }

  /** Mean cross-entropy of images of one class. */
  static NDArray entropy(
      Network network, NDList leaves, NDArray images, int label, Kernels kernels) {
    NDArray logits = network.logits(leaves, images, kernels);
    return CrossEntropy.perImage(logits, MatchingStep.labels(images, label)).mean();
  }

  private static void copy(NDList from, NDList to) {
    for (int i = 0; i < to.size(); i++) {
      from.get(i).copyTo(to.get(i));
    }
  }

  /** Epochs of plain gradient descent on the synthetic images. */
  static void train(
      CondenseTask task, Network network, NDList theta, SyntheticSet set, long number, int epochs) {
    double rate = task.settings().number("network-learning-rate");
    int[] all = set.imageLabels();
    for (int epoch = 0; epoch < epochs; epoch++) {
      long pass = number * epochs + epoch;
      int[] order = task.seeds().of("order", pass, 0).permutation(set.size());
      for (int from = 0; from < order.length; from += TRAINED_TOGETHER) {
        task.signals().checkInsideStep();
        int[] some =
            Arrays.copyOfRange(order, from, Math.min(order.length, from + TRAINED_TOGETHER));
        SiameseAugmentation augmentation =
            SiameseAugmentation.drawn(task.seeds().of("training-augmentation", pass, from));
        try (NDManager scope = task.session().scope()) {
          Kernels kernels = task.session().kernels(scope);
          NDArray chosen = set.images(scope).get(new NDIndex("{}", scope.create(some)));
          NDArray images = augmentation.of(chosen, kernels);
          NDArray labels = scope.create(IntStream.of(some).map(i -> all[i]).toArray());
          NDList leaves = kernels.leaves(theta);
          NDArray loss =
              task.session()
                  .recording(
                      () ->
                          CrossEntropy.perImage(network.logits(leaves, images, kernels), labels)
                              .mean());
          NDList gradients = kernels.gradients(loss, leaves);
          for (int i = 0; i < theta.size(); i++) {
            theta.get(i).subi(gradients.get(i).mul(rate));
          }
        }
      }
    }
  }
}
