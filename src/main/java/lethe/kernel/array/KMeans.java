package lethe.kernel.array;

import java.util.Arrays;

/**
 * k-means (Lloyd's algorithm) with k-means++ seeding, as the authors' code partitions a class: at
 * most {@code maxIterations} passes of
 *
 * <ol>
 *   <li>assignment: a_i = argmin_c ‖x_i - c‖, the lowest index on ties;
 *   <li>update: c ← mean of its points; a cluster without points moves to a random point;
 *   <li>stop when Σ_c ‖c - c_before‖ &lt; {@code tolerance}.
 * </ol>
 *
 * The assignment that comes out is the one of the last pass, made before the last update.
 *
 * <p>Seeding (Arthur and Vassilvitskii, 2007): the first centroid is a uniform draw of the points,
 * each further one a draw with probability D²(x) / Σ D², D the distance to the nearest chosen
 * point. Where all D are zero (fewer distinct points than clusters), it draws uniformly among the
 * points not chosen yet, so nothing divides by zero.
 *
 * <p>Departures: none in arithmetic; distances come through {@link Nearest}. Cost of a pass: one
 * product of [k, width] and [width, n]; of seeding: k products with one row.
 *
 * @param clusters k, from 1 to the number of points
 * @param maxIterations from 1
 * @param tolerance of the summed shift, not negative
 */
public record KMeans(int clusters, int maxIterations, double tolerance) {
  /**
   * What Lloyd's loop ends with.
   *
   * @param assignment cluster of each point, before the last update. [n]
   * @param centroids after the last update, row after row. [k * width]
   * @param iterations passes done
   * @param lastShift summed shift of the last update
   */
  public record Result(int[] assignment, double[] centroids, int iterations, double lastShift) {}

  public KMeans {
    if (clusters < 1 || maxIterations < 1 || !(tolerance >= 0)) {
      throw new IllegalArgumentException(
          "k-means needs at least one cluster and one iteration and a tolerance that is not"
              + " negative, not "
              + clusters
              + ", "
              + maxIterations
              + " and "
              + tolerance);
    }
  }

  /**
   * Seeds and runs.
   *
   * @throws IllegalArgumentException when there are fewer points than clusters, or one is not
   *     finite
   */
  public Result run(Points points, Draws draws, Products products) {
    requireEnough(points);
    try (Nearest nearest = new Nearest(points, products)) {
      int[] chosen = Seeding.choose(points, nearest, clusters, draws);
      return lloyd(points, nearest, chosen, draws);
    }
  }

  /** Runs from the points {@code initial} as centroids. [k] */
  Result runFrom(Points points, int[] initial, Draws draws, Products products) {
    requireEnough(points);
    try (Nearest nearest = new Nearest(points, products)) {
      return lloyd(points, nearest, initial, draws);
    }
  }

  private Result lloyd(Points points, Nearest nearest, int[] initial, Draws draws) {
    double[] centroids = rowsOf(points, initial);
    int[] assignment = new int[0];
    double shift = Double.POSITIVE_INFINITY;
    int passes = 0;
    while (passes < maxIterations && !(shift < tolerance)) {
      assignment = nearest.assign(centroids, clusters);
      double[] moved = update(points, assignment, draws);
      shift = shift(centroids, moved, points.width());
      centroids = moved;
      passes++;
    }
    return new Result(assignment, centroids, passes, shift);
  }

  private double[] update(Points points, int[] assignment, Draws draws) {
    int width = points.width();
    double[] rows = new double[clusters * width];
    int[] sizes = new int[clusters];
    for (int i = 0; i < assignment.length; i++) {
      points.addTo(i, rows, assignment[i]);
      sizes[assignment[i]]++;
    }
    for (int c = 0; c < clusters; c++) {
      if (sizes[c] == 0) {
        points.addTo(draws.nextInt(points.count()), rows, c);
      } else {
        for (int t = c * width; t < (c + 1) * width; t++) {
          rows[t] /= sizes[c];
        }
      }
    }
    return rows;
  }

  private double shift(double[] before, double[] after, int width) {
    double sum = 0;
    for (int c = 0; c < clusters; c++) {
      double squared = 0;
      for (int t = c * width; t < (c + 1) * width; t++) {
        double difference = after[t] - before[t];
        squared += difference * difference;
      }
      sum += Math.sqrt(squared);
    }
    return sum;
  }

  private void requireEnough(Points points) {
    if (clusters > points.count()) {
      throw new IllegalArgumentException(
          "k-means cannot make " + clusters + " clusters of " + points.count() + " points");
    }
  }

  private static double[] rowsOf(Points points, int[] chosen) {
    double[] rows = new double[chosen.length * points.width()];
    for (int c = 0; c < chosen.length; c++) {
      points.addTo(chosen[c], rows, c);
    }
    return rows;
  }

  /** k-means++: which points the centroids start at. */
  static final class Seeding {
    private Seeding() {}

    static int[] choose(Points points, Nearest nearest, int clusters, Draws draws) {
      double[] squared = new double[points.count()]; // D², exact
      Arrays.fill(squared, Double.POSITIVE_INFINITY);
      boolean[] taken = new boolean[points.count()];
      int[] chosen = new int[clusters];
      for (int c = 0; c < clusters; c++) {
        chosen[c] = c == 0 ? draws.nextInt(points.count()) : next(squared, taken, draws);
        taken[chosen[c]] = true;
        nearest.lower(squared, rowsOf(points, new int[] {chosen[c]}), 0);
      }
      return chosen;
    }

    /** D² of each point to the nearest of {@code chosen}. [n] */
    static double[] squaredDistances(Points points, int[] chosen, Products products) {
      double[] squared = new double[points.count()];
      Arrays.fill(squared, Double.POSITIVE_INFINITY);
      double[] rows = rowsOf(points, chosen);
      try (Nearest nearest = new Nearest(points, products)) {
        for (int c = 0; c < chosen.length; c++) {
          nearest.lower(squared, rows, c);
        }
      }
      return squared;
    }

    /** Draws with probability D² / Σ D², or uniformly among the free points where the sum is 0. */
    static int next(double[] squared, boolean[] taken, Draws draws) {
      double total = 0;
      for (double d : squared) {
        total += d;
      }
      boolean spread = total > 0;
      double left = draws.nextDouble() * (spread ? total : free(taken));
      int last = -1;
      for (int i = 0; i < squared.length; i++) {
        double weight = spread ? squared[i] : taken[i] ? 0 : 1;
        if (weight > 0) {
          last = i;
          left -= weight;
          if (left < 0) {
            return i;
          }
        }
      }
      return last; // rounding left a crumb beyond the last weight
    }

    private static int free(boolean[] taken) {
      int free = 0;
      for (boolean t : taken) {
        free += t ? 0 : 1;
      }
      return free;
    }
  }
}
