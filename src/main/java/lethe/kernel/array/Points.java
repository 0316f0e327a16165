package lethe.kernel.array;

/**
 * Points to cluster: {@code count} rows of {@code width} finite numbers. Distances are exact to
 * float64 whatever the storage.
 */
public sealed interface Points {
  int count();

  int width();

  /** The rows one after the other, rounded to float32. [count * width] */
  float[] singles();

  /** ‖x_i - c‖² with c the {@code row}-th row of {@code centroids}, summed in order. */
  double squaredDistance(int i, double[] centroids, int row);

  /** Adds point {@code i} to the {@code row}-th row of {@code sums}. */
  void addTo(int i, double[] sums, int row);

  /** Points in float32, row after row, as an embedder leaves them; the array is not copied. */
  static Points of(float[] values, int width) {
    return new Floats(values, rows(values.length, width), width);
  }

  /** Points in float64, row after row; the array is not copied. */
  static Points of(double[] values, int width) {
    return new Doubles(values, rows(values.length, width), width);
  }

  private static int rows(int numbers, int width) {
    if (width < 1 || numbers % width != 0) {
      throw new IllegalArgumentException(numbers + " numbers do not make rows of " + width);
    }
    return numbers / width;
  }

  /** Stored in float32. */
  record Floats(float[] values, int count, int width) implements Points {
    @Override
    public float[] singles() {
      return values;
    }

    @Override
    public double squaredDistance(int i, double[] centroids, int row) {
      int at = i * width;
      int other = row * width;
      double sum = 0;
      for (int t = 0; t < width; t++) {
        double difference = values[at + t] - centroids[other + t];
        sum += difference * difference;
      }
      return sum;
    }

    @Override
    public void addTo(int i, double[] sums, int row) {
      int at = i * width;
      int other = row * width;
      for (int t = 0; t < width; t++) {
        sums[other + t] += values[at + t];
      }
    }
  }

  /** Stored in float64. */
  record Doubles(double[] values, int count, int width) implements Points {
    @Override
    public float[] singles() {
      float[] singles = new float[values.length];
      for (int e = 0; e < singles.length; e++) {
        singles[e] = (float) values[e];
      }
      return singles;
    }

    @Override
    public double squaredDistance(int i, double[] centroids, int row) {
      int at = i * width;
      int other = row * width;
      double sum = 0;
      for (int t = 0; t < width; t++) {
        double difference = values[at + t] - centroids[other + t];
        sum += difference * difference;
      }
      return sum;
    }

    @Override
    public void addTo(int i, double[] sums, int row) {
      int at = i * width;
      int other = row * width;
      for (int t = 0; t < width; t++) {
        sums[other + t] += values[at + t];
      }
    }
  }
}
