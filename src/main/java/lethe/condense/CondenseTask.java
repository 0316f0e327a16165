package lethe.condense;

import java.util.Arrays;
import lethe.data.Clusters;
import lethe.data.RetainParts;
import lethe.net.Embedder;
import lethe.net.EngineSession;
import lethe.net.ImageTable;
import lethe.net.Signals;
import lethe.plan.Settings;

/**
 * What a condenser works on.
 *
 * @param session on the thread that opened it
 * @param embedder ψ, drawn for this purpose alone
 * @param table whose training images the clusters number
 * @param settings of the condenser's block, and those of embedders
 * @param seeds of whatever else the condenser draws
 */
public record CondenseTask(
    EngineSession session,
    Embedder embedder,
    ImageTable table,
    Clusters clusters,
    RetainParts parts,
    Settings settings,
    CondenseSeeds seeds,
    Signals signals) {

  /**
   * The training positions of each free cluster.
   *
   * @throws IllegalArgumentException if one has none
   */
  int[][] freeMembers() {
    int[][] all = clusters.members();
    return Arrays.stream(parts.freeClusters())
        .mapToObj(
            id -> {
              if (id < 0 || id >= all.length || all[id].length == 0) {
                throw new IllegalArgumentException(
                    "Free cluster %d of %d has no image to make a prototype of."
                        .formatted(id, all.length));
              }
              return all[id];
            })
        .toArray(int[][]::new);
  }

  /** The class of each of {@code clusters}, which is that of its images. */
  int[] labels(int[][] clusters) {
    return Arrays.stream(clusters).mapToInt(members -> table.label(members[0])).toArray();
  }
}
