package lethe.partition;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import lethe.data.Clusters;
import lethe.data.RetainParts;

/**
 * F-sampling (Algorithm 2 of the paper): a cluster without a forget image is free and will be
 * condensed; of every other cluster, the images that are not forgotten stay as they are:
 *
 * <p>free = {c : C_c ∩ F = ∅, C_c ≠ ∅}, residual = ∪ {C_c \ F : C_c ∩ F ≠ ∅}.
 *
 * <p>Source: the authors' {@code dataset_sampler.py}. Departures: the paper prints the indicator
 * with its cases exchanged, the code does not, and this is the code's reading; an empty cluster is
 * free by the paper's rule but has nothing to condense, so it is left out. A forget index that is
 * listed twice or belongs to no cluster changes nothing.
 */
public final class ForgetSampling {
  private ForgetSampling() {}

  /**
   * What is left when {@code forget} goes.
   *
   * @param forget training positions
   */
  public static RetainParts parts(Clusters clusters, int[] forget) {
    return parts(clusters.members(), forget);
  }

  /** The same for clusters given as lists of positions. */
  static RetainParts parts(int[][] members, int[] forget) {
    Set<Integer> forgotten = new HashSet<>(); // asked only whether it contains: order is no matter
    for (int position : forget) {
      forgotten.add(position);
    }
    IntStream.Builder free = IntStream.builder();
    IntStream.Builder residual = IntStream.builder();
    for (int c = 0; c < members.length; c++) {
      int[] kept = Arrays.stream(members[c]).filter(i -> !forgotten.contains(i)).toArray();
      if (kept.length < members[c].length) {
        Arrays.stream(kept).forEach(residual);
      } else if (kept.length > 0) {
        free.add(c);
      }
    }
    return new RetainParts(free.build().toArray(), residual.build().sorted().toArray());
  }
}
