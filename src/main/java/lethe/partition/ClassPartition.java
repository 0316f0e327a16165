package lethe.partition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import lethe.data.Clusters;
import lethe.kernel.array.Draws;
import lethe.kernel.array.KMeans;
import lethe.kernel.array.Points;
import lethe.kernel.array.Products;
import lethe.net.Signals;
import lethe.net.StoppedException;
import lethe.plan.Settings;

/**
 * The partition of the training set (Algorithm 1 of the paper): k-means in the feature space of a
 * random embedder, one class at a time; cluster c of class y is number y * clustersPerClass + c.
 * Features are taken as they are, neither scaled nor projected. The forget set is not known here,
 * so all scenarios share a partition; recipes that cluster again do it on a part of the images.
 *
 * <p>Source: the authors' {@code dataset_sampler.py}. Departures: none; see {@link KMeans}.
 *
 * @param clustersPerClass k
 * @param maxIterations of k-means
 * @param tolerance of k-means
 */
public record ClassPartition(int clustersPerClass, int maxIterations, double tolerance) {
  /** Reads knobs {@code clusters-per-class}, {@code max-iterations} and {@code tolerance}. */
  public static ClassPartition of(Settings settings) {
    return new ClassPartition(
        settings.integer("clusters-per-class"),
        settings.integer("max-iterations"),
        settings.number("tolerance"));
  }

  /**
   * What is partitioned.
   *
   * @param features training images' features, row after row. [n * width]
   * @param labels class of each training image. [n]
   * @param classes number of classes; one without images gets empty clusters
   */
  public record Images(float[] features, int[] labels, int classes) {
    private int width() {
      return features.length / labels.length;
    }
  }

  /**
   * What it is done with.
   *
   * @param products where inner products come from
   * @param executor of the classes; the caller waits, and must not be one of a bounded executor's
   *     own threads
   * @param signals asked between products, so that a stop takes effect soon
   */
  public record Tools(Products products, Executor executor, Signals signals) {}

  /**
   * Partitions every image. Classes are independent tasks, each with its own draws, so the result
   * is the same whatever runs them, {@code Runnable::run} included.
   *
   * @param draws of each class
   * @throws IllegalArgumentException when a class has fewer images than clusters
   */
  public Clusters partition(Images images, IntFunction<Draws> draws, Tools tools) {
    int[] all = IntStream.range(0, images.labels().length).toArray();
    int[][] positions = positions(images, all);
    requireEnough(positions);
    return partition(images, positions, draws, tools);
  }

  /**
   * Partitions some images; the others get no cluster. Of a class with fewer images than clusters
   * each image is a cluster of its own.
   *
   * @param some training positions
   * @param draws of each class
   */
  public Clusters partition(Images images, int[] some, IntFunction<Draws> draws, Tools tools) {
    return partition(images, positions(images, some), draws, tools);
  }

  private Clusters partition(
      Images images, int[][] positions, IntFunction<Draws> draws, Tools tools) {
    int[] clusterOf = new int[images.labels().length];
    Arrays.fill(clusterOf, Clusters.NONE);
    Products products = stoppable(tools.products(), tools.signals());
    List<CompletableFuture<Void>> tasks = new ArrayList<>();
    for (int y = 0; y < positions.length; y++) {
      int label = y;
      if (positions[y].length > 0) {
        Draws ofClass = draws.apply(label);
        tasks.add(
            CompletableFuture.runAsync(
                () -> cluster(images, positions[label], label, ofClass, products, clusterOf),
                tools.executor()));
      }
    }
    join(tasks);
    return new Clusters(clustersPerClass, images.classes(), clusterOf);
  }

  private void cluster(
      Images images, int[] positions, int label, Draws draws, Products products, int[] into) {
    int[] assignment = assignment(images, positions, draws, products);
    for (int i = 0; i < positions.length; i++) {
      into[positions[i]] = label * clustersPerClass + assignment[i];
    }
  }

  private int[] assignment(Images images, int[] positions, Draws draws, Products products) {
    if (positions.length < clustersPerClass) {
      return IntStream.range(0, positions.length).toArray();
    }
    int width = images.width();
    float[] rows = new float[positions.length * width];
    for (int i = 0; i < positions.length; i++) {
      System.arraycopy(images.features(), positions[i] * width, rows, i * width, width);
    }
    return new KMeans(clustersPerClass, maxIterations, tolerance)
        .run(Points.of(rows, width), draws, products)
        .assignment();
  }

  private void requireEnough(int[][] positions) {
    for (int y = 0; y < positions.length; y++) {
      if (positions[y].length > 0 && positions[y].length < clustersPerClass) {
        throw new IllegalArgumentException(
            "clusters-per-class = "
                + clustersPerClass
                + " is more than the "
                + positions[y].length
                + " training images of class "
                + y);
      }
    }
  }

  /** The positions of each class among {@code some}, ascending. */
  private static int[][] positions(Images images, int[] some) {
    int[] classOf = new int[images.labels().length];
    Arrays.fill(classOf, Clusters.NONE);
    for (int position : some) {
      classOf[position] = images.labels()[position];
    }
    return new Clusters(1, images.classes(), classOf).members(); // one cluster a class
  }

  private static void join(List<CompletableFuture<Void>> tasks) {
    try {
      CompletableFuture.allOf(tasks.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoppedException stopped) {
        throw stopped;
      }
      if (e.getCause() instanceof IllegalArgumentException bad) {
        throw bad;
      }
      throw e;
    }
  }

  private static Products stoppable(Products products, Signals signals) {
    return (points, count, width) -> {
      Products.Held held = products.hold(points, count, width);
      return new Products.Held() {
        @Override
        public void times(float[] rows, int others, float[] out) {
          signals.check();
          held.times(rows, others, out);
        }

        @Override
        public void close() {
          held.close();
        }
      };
    };
  }
}
