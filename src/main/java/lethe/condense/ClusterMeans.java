package lethe.condense;

import lethe.data.ImageSet;
import lethe.data.Prototypes;

/**
 * Cluster means: Blend without its optimisation.
 *
 * <p><b>Idea.</b> What of Blend's worth is in the clusters alone.
 *
 * <p><b>Source.</b> The start of Blend, section 3.2 of the paper; neither the paper nor its code
 * reports it.
 *
 * <p><b>Equation.</b> Iᵢ = (1/nᵢ) Σⱼ Iᵢⱼ over the images of each free cluster.
 *
 * <p><b>Departures.</b> None.
 *
 * <p><b>Cost.</b> A look at every image.
 */
final class ClusterMeans implements Condenser {
  @Override
  public Condensed condense(CondenseTask task) {
    int[][] free = task.freeMembers();
    float[] images = new float[Math.multiplyExact(free.length, ImageSet.BYTES)];
    for (int i = 0; i < free.length; i++) {
      float[] members = RealImages.pixels(task, free[i]);
      for (int value = 0; value < ImageSet.BYTES; value++) {
        double sum = 0;
        for (int at = value; at < members.length; at += ImageSet.BYTES) {
          sum += members[at];
        }
        images[i * ImageSet.BYTES + value] = (float) (sum / free[i].length);
      }
      task.signals().progress(i + 1L, free.length, Double.NaN);
    }
    return new Condensed(new Prototypes(images, task.labels(free)), 0);
  }
}
