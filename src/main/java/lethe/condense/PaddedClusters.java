package lethe.condense;

import java.util.Arrays;

/**
 * Clusters laid out as a rectangle: m rows of n places, n the size of the largest; places without
 * an image repeat the row's first.
 *
 * @param members positions of the images of each cluster; none is empty
 */
record PaddedClusters(int[][] members) {
  int clusters() {
    return members.length;
  }

  /** n, the size of the largest. */
  int places() {
    return Arrays.stream(members).mapToInt(c -> c.length).max().orElse(0);
  }

  /** Positions of all images, cluster by cluster, without padding. */
  int[] flat() {
    return Arrays.stream(members).flatMapToInt(Arrays::stream).toArray();
  }

  /** The position at each place, [m · n]. */
  int[] padded() {
    int n = places();
    int[] padded = new int[members.length * n];
    for (int i = 0; i < members.length; i++) {
      for (int j = 0; j < n; j++) {
        padded[i * n + j] = members[i][j < members[i].length ? j : 0];
      }
    }
    return padded;
  }

  /** Where in {@link #flat} the image of each place stands, [m · n]. */
  long[] rows() {
    int n = places();
    long[] rows = new long[members.length * n];
    int first = 0;
    for (int i = 0; i < members.length; i++) {
      for (int j = 0; j < n; j++) {
        rows[i * n + j] = first + (j < members[i].length ? j : 0);
      }
      first += members[i].length;
    }
    return rows;
  }

  /** 1 at places with an image, 0 at padding, [m · n]. */
  double[] mask() {
    int n = places();
    double[] mask = new double[members.length * n];
    for (int i = 0; i < members.length; i++) {
      Arrays.fill(mask, i * n, i * n + members[i].length, 1);
    }
    return mask;
  }

  /** {@code weights} of each image at its place, 0 at padding, [m · n]. */
  double[] spread(double[][] weights) {
    int n = places();
    double[] spread = new double[members.length * n];
    for (int i = 0; i < members.length; i++) {
      System.arraycopy(weights[i], 0, spread, i * n, members[i].length);
    }
    return spread;
  }

  /** 1/n for each image of a cluster of n. */
  double[][] evenWeights() {
    double[][] weights = new double[members.length][];
    for (int i = 0; i < members.length; i++) {
      weights[i] = new double[members[i].length];
      Arrays.fill(weights[i], 1.0 / members[i].length);
    }
    return weights;
  }
}
