package lethe.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;

/**
 * A partition of the training set, or of some of it: clusters per class, numbered class *
 * clustersPerClass + cluster.
 *
 * @param clustersPerClass k
 * @param classes number of classes
 * @param clusterOf cluster of each training position, or {@link #NONE}
 */
public record Clusters(int clustersPerClass, int classes, int[] clusterOf) {
  /** In place of the cluster of an image that was left out. */
  public static final int NONE = -1;

  /** Training positions of each cluster, ascending; empty arrays for empty clusters. */
  public int[][] members() {
    int[] sizes = new int[clustersPerClass * classes];
    for (int cluster : clusterOf) {
      if (cluster != NONE) {
        sizes[cluster]++;
      }
    }
    int[][] members = new int[sizes.length][];
    for (int c = 0; c < sizes.length; c++) {
      members[c] = new int[sizes[c]];
    }
    int[] filled = new int[sizes.length];
    for (int i = 0; i < clusterOf.length; i++) {
      int c = clusterOf[i];
      if (c != NONE) {
        members[c][filled[c]++] = i;
      }
    }
    return members;
  }

  public void write(Path file) throws IOException {
    TreeMap<String, HostTensor> tensors = new TreeMap<>();
    tensors.put("cluster-of", HostTensor.of(clusterOf, clusterOf.length));
    tensors.put("grid", HostTensor.of(new int[] {clustersPerClass, classes}, 2));
    SafeTensors.write(file, tensors);
  }

  /**
   * @throws DataException when the file is cut or is none of these
   */
  public static Clusters read(Path file) throws IOException {
    Carried carried = Carried.read(file, "clusters");
    int[] grid = carried.ints("grid");
    int[] clusterOf = carried.ints("cluster-of");
    carried.require(grid.length == 2 && grid[0] > 0 && grid[1] > 0, "grid");
    for (int cluster : clusterOf) {
      carried.require(cluster >= NONE && cluster < (long) grid[0] * grid[1], "cluster-of");
    }
    return new Clusters(grid[0], grid[1], clusterOf);
  }
}
