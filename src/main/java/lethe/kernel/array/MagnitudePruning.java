package lethe.kernel.array;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Prunes the smallest weights of several arrays together, whichever array they are in.
 *
 * <p>Of n live weights the round(p n) with the smallest |w| go, a half rounded to even; what is
 * pruned stays pruned. Source: {@code global_unstructured} with {@code L1Unstructured} of PyTorch,
 * which {@code prunning.py} of the authors' code calls. Departures: among equal magnitudes the
 * first in order goes, where PyTorch leaves it open. A weight that is no number counts as larger
 * than all.
 */
public final class MagnitudePruning {
  private static final int HALF = 16; // a float's bits in two digits of 16

  private MagnitudePruning() {}

  /**
   * What is left after one event.
   *
   * @param weights any number of arrays of any length
   * @param live of the same lengths: true where not pruned yet
   * @param rate p, from 0 to 1
   * @return new arrays like {@code live}
   */
  public static List<boolean[]> keep(List<float[]> weights, List<boolean[]> live, double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("A share of weights is from 0 to 1, not " + rate);
    }
    long[] count = new long[1];
    forEachLive(weights, live, bits -> count[0]++);
    long doomed = (long) Math.rint(rate * count[0]);
    List<boolean[]> left = new ArrayList<>(live.stream().map(boolean[]::clone).toList());
    if (doomed == 0) {
      return left;
    }
    int limit = ranked(weights, live, doomed);
    long[] below = new long[1];
    forEachLive(weights, live, bits -> below[0] += bits < limit ? 1 : 0);
    long equals = doomed - below[0]; // of those at the limit, the first so many go
    for (int a = 0; a < left.size(); a++) {
      boolean[] on = left.get(a);
      for (int i = 0; i < on.length; i++) {
        int bits = magnitude(weights.get(a)[i]);
        if (on[i] && bits <= limit && (bits < limit || equals-- > 0)) {
          on[i] = false;
        }
      }
    }
    return left;
  }

  /**
   * The bits of the {@code rank}-th smallest live magnitude, from 1: one digit after the other, in
   * linear time, for numbers from 0 up are ordered as their bits are.
   */
  private static int ranked(List<float[]> weights, List<boolean[]> live, long rank) {
    long[] high = new long[1 << HALF];
    forEachLive(weights, live, bits -> high[bits >>> HALF]++);
    int first = digit(high, rank);
    long rest = rank;
    for (int d = 0; d < first; d++) {
      rest -= high[d];
    }
    long[] low = new long[1 << HALF];
    forEachLive(
        weights,
        live,
        bits -> {
          if (bits >>> HALF == first) {
            low[bits & 0xFFFF]++;
          }
        });
    return first << HALF | digit(low, rest);
  }

  /** The digit under which the counts up to it reach {@code rank}. */
  private static int digit(long[] counts, long rank) {
    long reached = 0;
    for (int d = 0; d < counts.length; d++) {
      reached += counts[d];
      if (reached >= rank) {
        return d;
      }
    }
    throw new IllegalStateException("Fewer than " + rank + " weights");
  }

  private static void forEachLive(
      List<float[]> weights, List<boolean[]> live, IntConsumer magnitudeBits) {
    for (int a = 0; a < weights.size(); a++) {
      float[] array = weights.get(a);
      boolean[] on = live.get(a);
      for (int i = 0; i < array.length; i++) {
        if (on[i]) {
          magnitudeBits.accept(magnitude(array[i]));
        }
      }
    }
  }

  private static int magnitude(float weight) {
    return Float.floatToIntBits(Math.abs(weight));
  }
}
