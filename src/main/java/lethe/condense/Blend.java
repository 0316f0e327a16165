package lethe.condense;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import lethe.data.Checkpoint;
import lethe.data.ImageSet;
import lethe.data.Prototypes;
import lethe.kernel.tensor.BlendGradient;
import lethe.net.DeviceState;
import lethe.net.Embedder;
import lethe.net.EngineSession;
import lethe.net.Kernels;
import lethe.net.Precision;
import lethe.net.Signals;

/**
 * Blend: each cluster becomes one weighted mean of its images.
 *
 * <p><b>Idea.</b> Weigh the images of a cluster so that an untrained network sees in their mean
 * what it sees in them on average: one number an image to learn, instead of 3,072 a prototype.
 *
 * <p><b>Source.</b> Section 3.2 of the paper; {@code dc_blend_v2.py} of the authors' code.
 *
 * <p><b>Equation.</b> min_ω mean_d (ψ_d(Σⱼ ωⱼIⱼ / Σⱼ ωⱼ) − μ_d)², μ = mean ψ(Iⱼ); gradient descent
 * with momentum from ω = 1/n, step size η = learning rate / M for M free clusters.
 *
 * <p><b>Departures.</b> From the paper, as in the code: a mean over features, one random ψ, η
 * depends on M. From the code: many clusters at once with the gradient in closed form; a cluster
 * does not take a step that brings its weight sum near 0, where 1/S would blow the picture up, and
 * is at rest after it; a single image is not optimised, for its gradient is 0.
 *
 * <p><b>Cost.</b> A forward pass of ψ over every image, then one forward and one backward pass a
 * cluster and iteration. Memory: a chunk of at most 512 clusters and 4,096 images.
 */
public final class Blend implements Condenser {
  static final int MOST_CLUSTERS = 512; // in a chunk; 1.4 GB of activations at width 128
  static final int MOST_IMAGES = 4096; // in a chunk, padding included; 50 MB a copy
  private static final int EMBEDDED_TOGETHER = 256; // images in one forward pass for the targets

  private static final String STATE = "state"; // in checkpoints
  private static final String NEXT = "next";
  private static final String TARGETS = "targets"; // else they would be made, and timed, again

  private final int mostClusters;
  private final int mostImages;

  public Blend() {
    this(MOST_CLUSTERS, MOST_IMAGES);
  }

  Blend(int mostClusters, int mostImages) {
    this.mostClusters = mostClusters;
    this.mostImages = mostImages;
  }

  /** The embedder ψ: [n, 3, 32, 32] to [n, D]. */
  @FunctionalInterface
  interface Extractor {
    NDArray embed(NDArray images, Kernels kernels);
  }

  /** Normalised images by position: [n, 3, 32, 32]. */
  @FunctionalInterface
  interface Pictures {
    NDArray at(int[] positions, Kernels kernels);
  }

  /** Where prototypes go, chunk by chunk. */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes one chunk.
     *
     * @param clusters which of the clusters
     * @param prototypes [m, 3072], gone when this returns
     * @param weights [m, n], 0 where padded; gone too
     * @param losses before each iteration, [iterations][m]
     */
    void take(int[] clusters, NDArray prototypes, NDArray weights, double[][] losses);
  }

  @Override
  public Condensed condense(CondenseTask task) {
    int[][] free = task.freeMembers();
    if (free.length == 0) {
      return new Condensed(new Prototypes(new float[0], new int[0]), 0);
    }
    float[] images = new float[Math.multiplyExact(free.length, ImageSet.BYTES)];
    Embedder embedder = task.embedder().in(Precision.of(task.settings().text("precision")));
    try (NDManager home = task.session().scope()) {
      NDList parameters = embedder.weights().toDevice(home);
      long refused =
          run(
              task.session(),
              free,
              Optional.empty(),
              BlendOptions.of(task.settings(), free.length),
              (positions, kernels) -> task.table().batch(kernels, positions),
              (batch, kernels) -> embedder.network().embed(parameters, batch, kernels),
              task.signals(),
              (chosen, prototypes, weights, losses) -> copy(prototypes, chosen, images));
      return new Condensed(new Prototypes(images, task.labels(free)), refused);
    }
  }

  private static void copy(NDArray prototypes, int[] chosen, float[] images) {
    float[] rows = prototypes.toFloatArray();
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(
          rows, i * ImageSet.BYTES, images, chosen[i] * ImageSet.BYTES, ImageSet.BYTES);
    }
  }

  /**
   * Condenses every cluster.
   *
   * @param clusters positions of the images of each, none empty
   * @param start weights to start from; 1/n each where empty
   * @param sink takes the prototypes
   * @return how many steps of single clusters were not taken because of their weight sum
   */
  long run(
      EngineSession session,
      int[][] clusters,
      Optional<double[][]> start,
      BlendOptions options,
      Pictures pictures,
      Extractor psi,
      Signals signals,
      Sink sink) {
    int[] sizes = Arrays.stream(clusters).mapToInt(c -> c.length).toArray();
    long refused = 0;
    long done = 0;
    for (int[] chosen : ChunkPlan.of(sizes, mostClusters, mostImages)) {
      PaddedClusters padded = new PaddedClusters(pick(clusters, chosen, int[][]::new));
      double[][] weights =
          start.map(w -> pick(w, chosen, double[][]::new)).orElseGet(padded::evenWeights);
      try (NDManager home = session.scope()) {
        BlendChunk chunk = open(session, home, padded, weights, options, pictures, psi);
        Supplier<NDArray> targets =
            () -> targets(padded, pictures, psi, session.kernels(home), signals);
        double[][] losses =
            optimise(
                home, chunk, targets, padded, options.iterations(), signals, done, clusters.length);
        sink.take(chosen, chunk.blended(), chunk.weights(), losses);
        refused += chunk.refusedSteps();
      }
      done += chosen.length;
      signals.progress(done, clusters.length, Double.NaN);
    }
    return refused;
  }

  /**
   * Takes the steps of a chunk, from where the stage was cut.
   *
   * @param done clusters of the chunks before
   * @return the losses before each step it took
   */
  private static double[][] optimise(
      NDManager home,
      BlendChunk chunk,
      Supplier<NDArray> targets,
      PaddedClusters padded,
      int wanted,
      Signals signals,
      long done,
      long total) {
    // the gradient of a single image's weight is 0: its mean is itself whatever the weight
    int iterations = padded.places() > 1 ? Math.min(wanted, signals.mostSteps()) : 0;
    String part = "after-" + done;
    Optional<Checkpoint> left = signals.checkpoints().left(part);
    left.ifPresent(l -> DeviceState.restore(l, STATE, chunk.state()));
    int first = left.map(l -> l.whole(NEXT)).orElse(0);
    double[][] losses = new double[iterations - first][];
    if (first < iterations) {
      NDArray wantedFeatures =
          left.map(l -> DeviceState.array(l, TARGETS, home)).orElseGet(targets); // [m, D]
      for (int i = first; i < iterations; i++) {
        int next = i;
        signals
            .checkpoints()
            .between(
                part, () -> at(chunk, next).with(TARGETS, new NDList(wantedFeatures)).checkpoint());
        signals.check();
        double[] before = chunk.step(wantedFeatures);
        losses[i - first] = before;
        long now = done + (long) (i + 1) * padded.clusters() / iterations;
        signals.progress(now, total, Arrays.stream(before).average().orElse(Double.NaN));
      }
    }
    signals.checkpoints().over(part, () -> at(chunk, iterations).checkpoint());
    return losses;
  }

  private static DeviceState at(BlendChunk chunk, int next) {
    return new DeviceState().with(NEXT, next).with(STATE, chunk.state());
  }

  private static BlendChunk open(
      EngineSession session,
      NDManager home,
      PaddedClusters padded,
      double[][] weights,
      BlendOptions options,
      Pictures pictures,
      Extractor psi) {
    Kernels kernels = session.kernels(home);
    NDArray images =
        pictures.at(padded.padded(), kernels).reshape(padded.clusters(), padded.places(), -1);
    NDArray mask = matrix(home, padded, padded.mask(), images.getDataType()); // [m, n]
    NDArray start = matrix(home, padded, padded.spread(weights), images.getDataType()); // [m, n]
    return new BlendChunk(session, options, psi, home, images, mask, start);
  }

  /** μ: the mean embedding of each cluster, [m, D], in the scope of {@code kernels}. */
  private static NDArray targets(
      PaddedClusters padded, Pictures pictures, Extractor psi, Kernels kernels, Signals signals) {
    return kernels.keepingResult(
        k -> {
          int[] flat = padded.flat();
          NDList parts = new NDList();
          for (int from = 0; from < flat.length; from += EMBEDDED_TOGETHER) {
            signals.check();
            int[] some =
                Arrays.copyOfRange(flat, from, Math.min(flat.length, from + EMBEDDED_TOGETHER));
            parts.add(k.keepingResult(inner -> psi.embed(pictures.at(some, inner), inner)));
          }
          NDArray features = NDArrays.concat(parts); // [images, D]
          NDArray each = features.get(new NDIndex("{}", k.scope().create(padded.rows())));
          NDArray mask = matrix(k.scope(), padded, padded.mask(), features.getDataType()); // [m, n]
          NDArray cubes = each.reshape(padded.clusters(), padded.places(), -1); // [m, n, D]
          return BlendGradient.blend(cubes, mask, mask.sum(new int[] {1}, true)); // [m, D]
        });
  }

  private static NDArray matrix(
      NDManager scope, PaddedClusters padded, double[] values, DataType type) {
    Shape shape = new Shape(padded.clusters(), padded.places());
    return scope.create(values, shape).toType(type, true);
  }

  private static <T> T[] pick(T[] all, int[] chosen, IntFunction<T[]> array) {
    return Arrays.stream(chosen).mapToObj(i -> all[i]).toArray(array);
  }
}
