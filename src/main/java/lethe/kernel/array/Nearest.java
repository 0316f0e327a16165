package lethe.kernel.array;

import java.util.Arrays;

/**
 * Finds the nearest row for each point: short lists by matrix products, decisions by exact
 * distances.
 *
 * <p>‖x - c‖² = ‖x‖² + ‖c‖² - 2 x·c is cheap but cancels, so equal distances come out unequal and
 * the choice would depend on who formed the product. With products in float32 its error is at most
 * γ (‖x‖² + ‖c‖²), γ = (width + 4) 2⁻²⁴ (two more roundings than {@link Products} promises: x and c
 * themselves). Rows that may be nearest within that bound, mostly a single one, are compared by
 * exact float64 distances; the lowest index wins a tie. So the answer is that of the exact
 * distances alone.
 */
final class Nearest implements AutoCloseable {
  private final Points points;
  private final Products.Held held;
  private final double[] norms; // ‖x‖², [count]
  private final double slack; // γ
  private float[] rounded = new float[0];
  private float[] products = new float[0];

  /**
   * @throws IllegalArgumentException when a point is not finite
   */
  Nearest(Points points, Products source) {
    this.points = points;
    float[] singles = points.singles();
    this.norms = norms(singles, points.count(), points.width());
    this.slack = (points.width() + 4) * 0x1.0p-24;
    this.held = source.hold(singles, points.count(), points.width());
  }

  /** Index of the nearest of {@code others} rows for each point. [count] */
  int[] assign(double[] rows, int others) {
    int n = points.count();
    double[] rowNorms = multiply(rows, 0, others);
    double[] reach = new double[n]; // the nearest is no farther than this
    Arrays.fill(reach, Double.POSITIVE_INFINITY);
    for (int c = 0; c < others; c++) {
      for (int i = 0; i < n; i++) {
        double size = norms[i] + rowNorms[c];
        double farthest = size - 2.0 * products[c * n + i] + slack * size;
        reach[i] = Math.min(reach[i], farthest);
      }
    }
    int[] nearest = new int[n];
    double[] distance = new double[n]; // exact, once a second row came up; NaN before
    Arrays.fill(nearest, -1);
    for (int c = 0; c < others; c++) {
      for (int i = 0; i < n; i++) {
        double size = norms[i] + rowNorms[c];
        if (size - 2.0 * products[c * n + i] - slack * size <= reach[i]) {
          choose(i, c, rows, nearest, distance);
        }
      }
    }
    return nearest;
  }

  /** Lowers each squared distance in {@code squared} to that of {@code row}, where it is nearer. */
  void lower(double[] squared, double[] rows, int row) {
    double rowNorm = multiply(rows, row, 1)[0];
    for (int i = 0; i < squared.length; i++) {
      double size = norms[i] + rowNorm;
      if (size - 2.0 * products[i] - slack * size < squared[i]) {
        squared[i] = Math.min(squared[i], points.squaredDistance(i, rows, row));
      }
    }
  }

  @Override
  public void close() {
    held.close();
  }

  private void choose(int i, int c, double[] rows, int[] nearest, double[] distance) {
    if (nearest[i] < 0) {
      nearest[i] = c;
      distance[i] = Double.NaN;
      return;
    }
    if (Double.isNaN(distance[i])) {
      distance[i] = points.squaredDistance(i, rows, nearest[i]);
    }
    double candidate = points.squaredDistance(i, rows, c);
    if (candidate < distance[i]) {
      nearest[i] = c;
      distance[i] = candidate;
    }
  }

  private double[] multiply(double[] rows, int from, int others) {
    int width = points.width();
    if (rounded.length < others * width) {
      rounded = new float[others * width];
      products = new float[Math.multiplyExact(others, points.count())];
    }
    for (int e = 0; e < others * width; e++) {
      rounded[e] = (float) rows[from * width + e];
    }
    held.times(rounded, others, products);
    return norms(rounded, others, width);
  }

  private static double[] norms(float[] rows, int count, int width) {
    double[] norms = new double[count];
    for (int i = 0; i < count; i++) {
      double sum = 0;
      for (int t = 0; t < width; t++) {
        double value = rows[i * width + t];
        sum += value * value;
      }
      if (!(sum < Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "k-means needs finite points, and row " + i + " has squared length " + sum);
      }
      norms[i] = sum;
    }
    return norms;
  }
}
