package lethe.kernel.array;

import java.util.Arrays;
import java.util.stream.IntStream;

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
  private double[] rows = new double[0]; // of the last assignment
  private double[] rowNorms = new double[0]; // of them, rounded to float32
  private float[] products = new float[0]; // with them, [rows, count]

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

  /**
   * Index of the nearest of {@code others} rows for each point. Products with rows that were the
   * same at the call before are not formed again: late in Lloyd's loop few centroids move.
   *
   * @param rows not to be changed before the next call
   * @return [count]
   */
  int[] assign(double[] rows, int others) {
    int n = points.count();
    takeProducts(rows, others);
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

  private void takeProducts(double[] next, int others) {
    int width = points.width();
    int n = points.count();
    boolean first = rows.length != others * width;
    int[] moved =
        IntStream.range(0, others)
            .filter(c -> first || !equal(rows, next, c * width, (c + 1) * width))
            .toArray();
    float[] rounded = rounded(next, moved);
    double[] norms = norms(rounded, moved.length, width);
    if (moved.length == others) {
      rowNorms = norms;
      products =
          products.length == others * n ? products : new float[Math.multiplyExact(others, n)];
      held.times(rounded, others, products);
    } else if (moved.length > 0) {
      float[] fresh = new float[moved.length * n];
      held.times(rounded, moved.length, fresh);
      for (int c = 0; c < moved.length; c++) {
        System.arraycopy(fresh, c * n, products, moved[c] * n, n);
        rowNorms[moved[c]] = norms[c];
      }
    }
    rows = next;
  }

  private static boolean equal(double[] a, double[] b, int from, int to) {
    return Arrays.equals(a, from, to, b, from, to);
  }

  /** Lowers each squared distance in {@code squared} to that of {@code row}, where it is nearer. */
  void lower(double[] squared, double[] rows, int row) {
    float[] rounded = rounded(rows, new int[] {row});
    double rowNorm = norms(rounded, 1, points.width())[0];
    float[] products = new float[points.count()];
    held.times(rounded, 1, products);
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

  private float[] rounded(double[] rows, int[] chosen) {
    int width = points.width();
    float[] rounded = new float[Math.multiplyExact(chosen.length, width)];
    for (int c = 0; c < chosen.length; c++) {
      for (int t = 0; t < width; t++) {
        rounded[c * width + t] = (float) rows[chosen[c] * width + t];
      }
    }
    return rounded;
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
