package lethe.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lethe.data.Dataset;
import lethe.data.ImageSet;
import lethe.data.Prototypes;

/**
 * All images of a stage on the device, numbered through: training images 0..n-1, test images
 * n..n+m-1, then prototypes. Images are kept as bytes (150 MB for CIFAR-10) and normalised as they
 * are used; prototypes are normalised already. Labels stay on the host.
 */
public final class ImageTable implements AutoCloseable {
  private final NDManager home;
  private final NDArray bytes; // [n + m, 3072]
  private final Optional<NDArray> ready; // [prototypes, 3072]
  private final NDArray mean; // [1, 3, 1, 1]
  private final NDArray std; // [1, 3, 1, 1]
  private final int[] labels;
  private final int trainSize;
  private final int testSize;

  private ImageTable(
      NDManager home, Dataset dataset, Optional<Prototypes> prototypes, DataType type) {
    this.home = home;
    this.trainSize = dataset.train().size();
    this.testSize = dataset.test().size();
    this.bytes = upload(home, dataset.train(), dataset.test());
    this.ready =
        prototypes
            .filter(p -> p.labels().length > 0)
            .map(p -> home.create(p.images(), new Shape(p.labels().length, ImageSet.BYTES)));
    this.mean = perChannel(home, dataset.mean(), type);
    this.std = perChannel(home, dataset.std(), type);
    this.labels =
        Stream.of(dataset.train().labels(), dataset.test().labels(), labels(prototypes))
            .flatMapToInt(IntStream::of)
            .toArray();
  }

  /** The images of {@code dataset}, single precision. */
  public static ImageTable of(EngineSession session, Dataset dataset) {
    return of(session, dataset, Optional.empty());
  }

  /** The images of {@code dataset} and the prototypes behind them. */
  public static ImageTable of(
      EngineSession session, Dataset dataset, Optional<Prototypes> prototypes) {
    return new ImageTable(session.scope(), dataset, prototypes, DataType.FLOAT32);
  }

  /** The same with batches of another type, such as double precision. */
  public static ImageTable of(
      EngineSession session, Dataset dataset, Optional<Prototypes> prototypes, DataType type) {
    return new ImageTable(session.scope(), dataset, prototypes, type);
  }

  /** Training images: numbers 0..trainSize-1. */
  public int trainSize() {
    return trainSize;
  }

  /** Test images: the next testSize numbers. */
  public int testSize() {
    return testSize;
  }

  /** The numbers of the test images. */
  public int[] testImages() {
    return IntStream.range(trainSize, firstPrototype()).toArray();
  }

  /** How many numbers there are. */
  public int size() {
    return labels.length;
  }

  /** Where prototypes begin. */
  public int firstPrototype() {
    return trainSize + testSize;
  }

  /** The class of image {@code index}. */
  public int label(int index) {
    return labels[index];
  }

  /** The images numbered {@code indices}, normalised: [b, 3, 32, 32]. */
  public NDArray batch(Kernels kernels, int[] indices) {
    NDManager scope = kernels.scope();
    long[] wide = IntStream.of(indices).asLongStream().toArray();
    NDArray index = scope.create(wide); // [b]
    return ready
        .map(prototypes -> kernels.mixed(bytes, prototypes, index, mean, std))
        .orElseGet(() -> kernels.batch(bytes, index, mean, std)); // [b, 3, 32, 32]
  }

  /** Their classes: [b] whole numbers. */
  public NDArray labels(NDManager scope, int[] indices) {
    return scope.create(IntStream.of(indices).mapToLong(this::label).toArray());
  }

  /** Frees the images on the device. */
  @Override
  public void close() {
    home.close();
  }

  private static NDArray upload(NDManager home, ImageSet train, ImageSet test) {
    int images = Math.addExact(train.size(), test.size());
    NDArray all = home.create(new Shape(images, ImageSet.BYTES), DataType.UINT8);
    ByteBuffer pixels = ByteBuffer.allocateDirect(Math.multiplyExact(images, ImageSet.BYTES));
    pixels.put(train.pixels()).put(test.pixels()).rewind();
    all.set(pixels);
    return all;
  }

  private static NDArray perChannel(NDManager home, float[] values, DataType type) {
    return home.create(values, new Shape(1, ImageSet.CHANNELS, 1, 1)).toType(type, false);
  }

  private static int[] labels(Optional<Prototypes> prototypes) {
    return prototypes.map(Prototypes::labels).orElseGet(() -> new int[0]);
  }
}
