package lethe.condense;

import lethe.data.Prototypes;
import lethe.kernel.array.Draws;

/**
 * Random real images: the baseline that condenses nothing.
 *
 * <p><b>Idea.</b> A prototype that is worth its making must beat an image one already has.
 *
 * <p><b>Source.</b> The usual baseline of dataset condensation; neither the paper nor its code has
 * it.
 *
 * <p><b>Equation.</b> One image of each free cluster, uniformly.
 *
 * <p><b>Departures.</b> Elsewhere the images are drawn from a whole class; here from a cluster
 * each, so that the number of images is that of the other condensers.
 *
 * <p><b>Cost.</b> None.
 */
final class RandomReal implements Condenser {
  @Override
  public Condensed condense(CondenseTask task) {
    int[][] free = task.freeMembers();
    Draws draws = task.seeds().of("image", 0, 0);
    int[] chosen = new int[free.length];
    for (int i = 0; i < free.length; i++) {
      chosen[i] = free[i][draws.nextInt(free[i].length)];
    }
    return new Condensed(new Prototypes(RealImages.pixels(task, chosen), task.labels(free)), 0);
  }
}
