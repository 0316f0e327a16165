package lethe.data;

/**
 * A partition of the training set: clusters per class, numbered class * clustersPerClass + cluster.
 *
 * @param clustersPerClass k
 * @param classes number of classes
 * @param clusterOf cluster of each training position
 */
public record Clusters(int clustersPerClass, int classes, int[] clusterOf) {
  /** Training positions of each cluster, ascending; empty arrays for empty clusters. */
  public int[][] members() {
    int[] sizes = new int[clustersPerClass * classes];
    for (int cluster : clusterOf) {
      sizes[cluster]++;
    }
    int[][] members = new int[sizes.length][];
    for (int c = 0; c < sizes.length; c++) {
      members[c] = new int[sizes[c]];
    }
    int[] filled = new int[sizes.length];
    for (int i = 0; i < clusterOf.length; i++) {
      int c = clusterOf[i];
      members[c][filled[c]++] = i;
    }
    return members;
  }
}
