package lethe.condense;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.Optional;
import lethe.data.Checkpoint;
import lethe.net.Checkpoints;
import lethe.net.DeviceState;
import lethe.net.Kernels;

/**
 * One step of the synthetic images of every class towards something that real images have: a fresh
 * batch of real images, the same augmentation of both, the gradient of a loss.
 */
final class MatchingStep {
  /** What is to match. */
  @FunctionalInterface
  interface Loss {
    /**
     * The loss of one class.
     *
     * @param real augmented, [r, 3, 32, 32]
     * @param synthetic augmented, [s, 3, 32, 32], with their graph
     */
    NDArray of(NDArray real, NDArray synthetic, int label, Kernels kernels);
  }

  /** Readies a step. */
  @FunctionalInterface
  interface Preparation {
    /**
     * What the step is to match.
     *
     * @param number of the step, from 0
     * @param scope for arrays that last as long as the step
     */
    Loss before(int number, NDManager scope);
  }

  private static final String PART = "matching"; // in checkpoints
  private static final String NEXT = "next";
  private static final String BESIDES = "besides";

  private final CondenseTask task;
  private final int batch;
  private final double rate;
  private final double momentum;

  MatchingStep(CondenseTask task) {
    this.task = task;
    this.batch = task.settings().integer("batch");
    this.rate = task.settings().number("learning-rate");
    this.momentum = task.settings().number("momentum");
  }

  /**
   * Takes step after step, from where the stage was cut.
   *
   * @param besides what changes from step to step besides the images
   */
  void takeAll(SyntheticSet set, int all, NDList besides, Preparation preparation) {
    int steps = Math.min(all, task.signals().mostSteps());
    Checkpoints checkpoints = task.signals().checkpoints();
    Optional<Checkpoint> left = checkpoints.left(PART);
    left.ifPresent(set::restore);
    left.ifPresent(l -> DeviceState.restore(l, BESIDES, besides));
    for (int number = left.map(l -> l.whole(NEXT)).orElse(0); number < steps; number++) {
      int next = number;
      checkpoints.between(PART, () -> checkpoint(set, besides, next));
      task.signals().check();
      try (NDManager scope = task.session().scope()) {
        double loss = take(set, number, preparation.before(number, scope));
        task.signals().progress(number + 1L, steps, loss);
      }
    }
  }

  private static Checkpoint checkpoint(SyntheticSet set, NDList besides, int next) {
    DeviceState state = new DeviceState().with(NEXT, next).with(BESIDES, besides);
    set.save(state);
    return state.checkpoint();
  }

  /**
   * Moves the images of every class once; classes do not see each other.
   *
   * @param number of the step, from 0: what its draws are named by
   * @return the sum of the losses before it
   */
  private double take(SyntheticSet set, long number, Loss loss) {
    double sum = 0;
    for (SyntheticSet.OfClass one : set.classes()) {
      task.signals().checkInsideStep();
      try (NDManager scope = task.session().scope()) {
        sum += take(one, number, loss, task.session().kernels(scope));
      }
    }
    return sum;
  }

  /** The class of images that are all of one: [n]. */
  static NDArray labels(NDArray images, int label) {
    int[] labels = new int[Math.toIntExact(images.size(0))];
    Arrays.fill(labels, label);
    return images.getManager().create(labels);
  }

  private double take(SyntheticSet.OfClass one, long number, Loss loss, Kernels kernels) {
    int label = one.label();
    int[] chosen = task.seeds().of("real-batch", number, label).sample(one.real(), batch);
    SiameseAugmentation ofSynthetic =
        SiameseAugmentation.drawn(task.seeds().of("augmentation", number, label));
    SiameseAugmentation ofReal =
        task.settings().asPublished()
            ? ofSynthetic.drawnAgain(task.seeds().of("real-augmentation", number, label))
            : ofSynthetic;
    NDArray real = ofReal.of(task.table().batch(kernels, chosen), kernels);
    NDArray leaf = kernels.leaf(one.images());
    NDArray value =
        task.session()
            .recording(() -> loss.of(real, ofSynthetic.of(leaf, kernels), label, kernels));
    NDArray gradient = kernels.gradients(value, new NDList(leaf)).singletonOrThrow();
    one.move(gradient, rate, momentum);
    return value.toType(DataType.FLOAT64, false).getDouble();
  }
}
