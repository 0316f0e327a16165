package lethe.partition;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import lethe.data.Clusters;
import lethe.kernel.array.Draws;
import lethe.kernel.array.KMeans;
import lethe.kernel.array.Points;
import lethe.kernel.array.Products;
import lethe.net.Signals;
import lethe.net.StoppedException;
import lethe.plan.Seeds;
import lethe.plan.Settings;

/**
 * The partition of the training set (Algorithm 1 of the paper): k-means in the feature space of a
 * random embedder, one class at a time; cluster c of class y is number y * clustersPerClass + c.
 * Features are taken as they are, neither scaled nor projected. The forget set is not known here,
 * so all scenarios share a partition.
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
   * Partitions every class. Classes are independent tasks of {@code executor}, each with its own
   * draws, so the result is the same whatever runs them, {@code Runnable::run} included. The caller
   * waits; it must not be one of a bounded executor's own threads.
   *
   * @param features training images' features, row after row. [n * width]
   * @param labels class of each training image. [n]
   * @param classes number of classes; one without images gets empty clusters
   * @param dataset dataset id, for the draws
   * @param seed the grid's seed, for the draws
   * @param products where inner products come from
   * @param signals asked between products, so that a stop takes effect soon
   * @throws IllegalArgumentException when a class has fewer images than clusters
   */
  public Clusters partition(
      float[] features,
      int[] labels,
      int classes,
      String dataset,
      long seed,
      Products products,
      Executor executor,
      Signals signals) {
    int[][] positions = positions(labels, classes);
    requireEnough(positions);
    int[] clusterOf = new int[labels.length];
    Products stoppable = stoppable(products, signals);
    List<CompletableFuture<Void>> tasks = new ArrayList<>();
    for (int y = 0; y < classes; y++) {
      int label = y;
      if (positions[y].length > 0) {
        Draws draws = new Draws(Seeds.of(dataset, seed, "k-means", label));
        tasks.add(
            CompletableFuture.runAsync(
                () -> cluster(features, positions[label], label, draws, stoppable, clusterOf),
                executor));
      }
    }
    join(tasks);
    return new Clusters(clustersPerClass, classes, clusterOf);
  }

  private void cluster(
      float[] features, int[] positions, int label, Draws draws, Products products, int[] into) {
    int width = features.length / into.length;
    float[] rows = new float[positions.length * width];
    for (int i = 0; i < positions.length; i++) {
      System.arraycopy(features, positions[i] * width, rows, i * width, width);
    }
    int[] assignment =
        new KMeans(clustersPerClass, maxIterations, tolerance)
            .run(Points.of(rows, width), draws, products)
            .assignment();
    for (int i = 0; i < positions.length; i++) {
      into[positions[i]] = label * clustersPerClass + assignment[i];
    }
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

  private static int[][] positions(int[] labels, int classes) {
    return new Clusters(1, classes, labels).members(); // one cluster a class
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
