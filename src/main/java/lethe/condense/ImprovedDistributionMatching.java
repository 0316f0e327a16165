package lethe.condense;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import lethe.kernel.tensor.CrossEntropy;
import lethe.kernel.tensor.DistributionMatch;
import lethe.kernel.tensor.Scaled;
import lethe.net.Embedder;
import lethe.net.Kernels;

/**
 * Improved distribution matching (IDM), as the paper's authors run it: distribution matching under
 * a few fixed networks that must also recognise the synthetic images.
 *
 * <p><b>Idea.</b> The cross-entropy of the synthetic images keeps classes apart that mean
 * embeddings let run together.
 *
 * <p><b>Source.</b> Zhao, Li, Qin and Yu (2023), "Improved distribution matching for dataset
 * condensation"; {@code i_distribution_matching.py} of the authors' code.
 *
 * <p><b>Equation.</b> Σ_classes Σ_networks {@link DistributionMatch} + λ · mean CE(synthetic).
 *
 * <p><b>Departures.</b> From the method's paper, as in the authors' code: the networks are never
 * trained, there is no queue of them, and an image is one image, not four small ones. From the
 * code: none; its augmentation of IDM is siamese, unlike that of GM and DM, under both protocols.
 *
 * <p><b>Cost.</b> That of DM times the number of networks.
 */
final class ImprovedDistributionMatching implements Condenser {
  @Override
  public Condensed condense(CondenseTask task) {
    MatchingStep step = new MatchingStep(task);
    int iterations = task.settings().integer("iterations");
    double weight = task.settings().number("cross-entropy-weight");
    try (NDManager home = task.session().scope()) {
      SyntheticSet set = new SyntheticSet(task, home);
      List<Judge> judges = judges(task, home);
      MatchingStep.Loss loss =
          (real, synthetic, label, k) -> loss(judges, real, synthetic, label, weight, k);
      step.takeAll(set, iterations, new NDList(), (number, scope) -> loss);
      return new Condensed(set.prototypes(), 0);
    }
  }

  /** A fixed network on the device. */
  record Judge(Embedder psi, NDList weights) {}

  private static List<Judge> judges(CondenseTask task, NDManager home) {
    List<Judge> judges = new ArrayList<>();
    for (int i = 0; i < task.settings().integer("networks"); i++) {
      Embedder psi = RandomNetworks.fresh(task, i);
      judges.add(new Judge(psi, psi.weights().toDevice(home)));
    }
    return judges;
  }

  /** The loss of one class. */
  static NDArray loss(
      List<Judge> judges,
      NDArray real,
      NDArray synthetic,
      int label,
      double weight,
      Kernels kernels) {
    NDArray labels = MatchingStep.labels(synthetic, label); // [s]
    NDList terms = new NDList();
    for (Judge judge : judges) {
      NDArray theirs = judge.psi().network().embed(judge.weights(), real, kernels);
      NDArray ours = judge.psi().network().embed(judge.weights(), synthetic, kernels);
      int last = judge.weights().size() - 1;
      NDArray logits =
          kernels.linear(ours, judge.weights().get(last - 1), judge.weights().get(last));
      NDArray entropy = CrossEntropy.perImage(logits, labels).mean();
      terms.add(DistributionMatch.loss(theirs, ours).add(Scaled.by(entropy, weight)));
    }
    return terms.stream().reduce(NDArray::add).orElseThrow();
  }
}
