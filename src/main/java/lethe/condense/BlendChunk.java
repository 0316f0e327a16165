package lethe.condense;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import lethe.kernel.tensor.BlendGradient;
import lethe.kernel.tensor.FeatureMatch;
import lethe.net.EngineSession;
import lethe.net.Kernels;

/**
 * The weights of some clusters on their way to good prototypes. Letters: m clusters of up to n
 * images, p = 3,072 values an image.
 */
final class BlendChunk {
  private static final double LARGEST = Float.MAX_VALUE; // a sum beyond is no number

  private final EngineSession session;
  private final BlendOptions options;
  private final Blend.Extractor psi;
  private final NDManager home; // of all arrays here
  private final NDArray images; // [m, n, p]; padding holds any image
  private final NDArray mask; // [m, n]; 1, and 0 where padded
  private final NDArray weights; // [m, n]; 0 where padded
  private final NDArray velocity; // [m, n]
  private final NDArray refused; // [m, 1]; steps not taken

  /**
   * A chunk at its start. A cluster whose {@code start} is not sound starts from even weights.
   *
   * @param home where the arrays live; the caller closes it
   * @param start weights to start from, [m, n], 0 where padded
   */
  BlendChunk(
      EngineSession session,
      BlendOptions options,
      Blend.Extractor psi,
      NDManager home,
      NDArray images,
      NDArray mask,
      NDArray start) {
    this.session = session;
    this.options = options;
    this.psi = psi;
    this.home = home;
    this.images = images;
    this.mask = mask;
    this.weights = mask.div(mask.sum(new int[] {1}, true)); // [m, n]
    this.velocity = mask.zerosLike();
    this.refused = mask.sum(new int[] {1}, true).zerosLike(); // [m, 1]
    try (NDManager scope = home.newSubManager()) {
      attach(scope);
      scope.tempAttachAll(start);
      take(start);
    }
  }

  /**
   * One step of every cluster: v ← momentum · v + ∂loss/∂ω, ω ← ω − η v.
   *
   * @param targets what the embedder is to see in each, [m, D]
   * @return the loss of each cluster before the step, [m]
   */
  double[] step(NDArray targets) {
    try (NDManager scope = home.newSubManager()) {
      attach(scope);
      scope.tempAttachAll(targets);
      NDArray sums = weights.sum(new int[] {1}, true); // [m, 1]
      NDArray blended = BlendGradient.blend(images, weights, sums); // [m, p]
      Kernels kernels = session.kernels(scope);
      NDArray leaf = kernels.leaf(blended); // [m, p]
      NDArray losses = session.recording(() -> losses(leaf, targets, kernels)); // [m]
      NDArray total = session.recording(losses::sum);
      NDArray g = session.gradients(total, new NDList(leaf)).singletonOrThrow(); // [m, p]
      NDArray slope = BlendGradient.ofWeights(g, images, blended, sums).mul(mask); // [m, n]
      velocity.muli(options.momentum()).addi(slope);
      take(weights.sub(velocity.mul(options.stepSize())));
      return doubles(losses);
    }
  }

  /** The prototypes, [m, p]; each finite. */
  NDArray blended() {
    return BlendGradient.blend(images, weights, weights.sum(new int[] {1}, true));
  }

  /** The weights of each cluster, [m, n], 0 where padded. */
  NDArray weights() {
    return weights;
  }

  /** What changes from step to step. */
  NDList state() {
    return new NDList(weights, velocity, refused);
  }

  /** How many steps of single clusters were not taken. */
  long refusedSteps() {
    double sum = 0;
    for (double steps : doubles(refused)) {
      sum += steps;
    }
    return Math.round(sum);
  }

  /** The loss of each cluster, [m]. */
  private NDArray losses(NDArray blended, NDArray targets, Kernels kernels) {
    Shape pictures = new Shape(blended.size(0), 3, 32, 32);
    return FeatureMatch.perCluster(psi.embed(blended.reshape(pictures), kernels), targets);
  }

  /**
   * Takes the weights of {@code next} for every cluster whose sum is sound there; the others stay
   * where they are, at rest. Near a sum of 0 the shares ω/S mean nothing, and from there each step
   * would only throw them further.
   */
  private void take(NDArray next) {
    NDArray sums = next.sum(new int[] {1}, true); // [m, 1]
    NDArray sound =
        sums.gte(options.minimumWeightSum()).logicalAnd(sums.lte(LARGEST)); // [m, 1]; NaN: false
    NDArray wide = sound.broadcast(next.getShape()); // [m, n]
    NDArrays.where(wide, next, weights).copyTo(weights);
    NDArrays.where(wide, velocity, velocity.zerosLike()).copyTo(velocity);
    refused.addi(sound.logicalNot().toType(refused.getDataType(), false));
  }

  /** Lets {@code scope} own, until it closes, what operations on this chunk's arrays make. */
  private void attach(NDManager scope) {
    scope.tempAttachAll(images, mask, weights, velocity, refused);
  }

  private static double[] doubles(NDArray array) {
    try (NDArray wide = array.toType(DataType.FLOAT64, true)) {
      return wide.toDoubleArray();
    }
  }
}
