package lethe.condense;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import lethe.data.Checkpoint;
import lethe.data.ImageSet;
import lethe.data.Prototypes;
import lethe.net.DeviceState;

/**
 * Synthetic images under way, class by class: as many of a class as it has free clusters, each
 * beginning as a real image. They move by gradient descent with momentum.
 */
final class SyntheticSet {
  /**
   * One class.
   *
   * @param places which of the free clusters its images stand for
   * @param real positions of the training images that are condensed
   * @param images [n, 3, 32, 32]
   * @param velocity the same shape
   */
  record OfClass(int label, int[] places, int[] real, NDArray images, NDArray velocity) {
    /** All that changes. */
    NDList state() {
      return new NDList(images, velocity);
    }

    /** v ← μ v + g; x ← x − lr v. */
    void move(NDArray gradient, double rate, double momentum) {
      velocity.muli(momentum).addi(gradient);
      try (NDArray way = velocity.mul(rate)) { // it would live as long as the images
        images.subi(way);
      }
    }
  }

  private final List<OfClass> classes = new ArrayList<>();
  private final int[] labels;

  /** Real images of each class, drawn without replacement from those of its free clusters. */
  SyntheticSet(CondenseTask task, NDManager home) {
    int[][] free = task.freeMembers();
    this.labels = task.labels(free);
    for (int label : Arrays.stream(labels).sorted().distinct().toArray()) {
      int[] places = IntStream.range(0, free.length).filter(i -> labels[i] == label).toArray();
      int[] real = Arrays.stream(places).flatMap(i -> Arrays.stream(free[i])).sorted().toArray();
      int[] start = task.seeds().of("start", 0, label).sample(real, places.length);
      NDArray images =
          home.create(
              RealImages.pixels(task, start),
              new Shape(places.length, ImageSet.CHANNELS, ImageSet.SIDE, ImageSet.SIDE));
      classes.add(new OfClass(label, places, real, images, images.zerosLike()));
    }
  }

  /** Adds the images as they are to a checkpoint. */
  void save(DeviceState to) {
    for (OfClass one : classes) {
      to.with(name(one), one.state());
    }
  }

  /** Takes over what {@link #save} put down. */
  void restore(Checkpoint from) {
    for (OfClass one : classes) {
      DeviceState.restore(from, name(one), one.state());
    }
  }

  private static String name(OfClass one) {
    return "class-" + one.label();
  }

  List<OfClass> classes() {
    return classes;
  }

  /** How many images there are in all. */
  int size() {
    return labels.length;
  }

  /** All images in {@code scope}, class after class: [n, 3, 32, 32]. */
  NDArray images(NDManager scope) {
    NDArray all = NDArrays.concat(new NDList(classes.stream().map(OfClass::images).toList()));
    all.attach(scope);
    return all;
  }

  /** Their classes. */
  int[] imageLabels() {
    return classes.stream()
        .flatMapToInt(c -> IntStream.generate(c::label).limit(c.places().length))
        .toArray();
  }

  /** The images as they are now, in the order of the free clusters. */
  Prototypes prototypes() {
    float[] all = new float[Math.multiplyExact(labels.length, ImageSet.BYTES)];
    for (OfClass one : classes) {
      float[] images = one.images().toFloatArray();
      for (int i = 0; i < one.places().length; i++) {
        System.arraycopy(
            images, i * ImageSet.BYTES, all, one.places()[i] * ImageSet.BYTES, ImageSet.BYTES);
      }
    }
    return new Prototypes(all, labels);
  }
}
