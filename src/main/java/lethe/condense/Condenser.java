package lethe.condense;

import java.util.Arrays;
import lethe.data.Clusters;
import lethe.data.Prototypes;
import lethe.data.RetainParts;
import lethe.net.Embedder;
import lethe.net.EngineSession;
import lethe.net.ImageTable;
import lethe.net.Signals;
import lethe.plan.Settings;

/** Makes one prototype of each free cluster. */
@FunctionalInterface
public interface Condenser {
  /**
   * Condenses the free clusters.
   *
   * @param session on the thread that opened it
   * @param embedder ψ, drawn for this purpose alone
   * @param table whose training images the clusters number
   * @param settings of the condenser's block
   * @throws lethe.net.StoppedException when {@code signals} asked for it
   * @throws IllegalArgumentException if a free cluster is empty
   */
  Condensed condense(
      EngineSession session,
      Embedder embedder,
      ImageTable table,
      Clusters clusters,
      RetainParts parts,
      Settings settings,
      Signals signals);

  /**
   * What a condenser leaves.
   *
   * @param refusedSteps steps of single clusters that were not taken because they led astray
   */
  record Condensed(Prototypes prototypes, long refusedSteps) {}

  /**
   * The training positions of each free cluster.
   *
   * @throws IllegalArgumentException if one has none
   */
  static int[][] freeMembers(Clusters clusters, RetainParts parts) {
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
}
