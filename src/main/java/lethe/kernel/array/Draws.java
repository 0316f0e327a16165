package lethe.kernel.array;

/**
 * A stream of random numbers that is a function of its seed alone: SplitMix64 (Steele, Lea and
 * Flood, 2014). Cheap to create, so each purpose has its own.
 */
public final class Draws {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L; // 2^64 / golden ratio, odd

  private long state;

  public Draws(long seed) {
    this.state = seed;
  }

  /** 64 random bits. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Uniform in [0, 1), 53 bits. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Uniform in [low, high). */
  public double uniform(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  /** Uniform in 0..bound-1, without modulo bias; {@code bound} is positive. */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive, not " + bound);
    }
    long limit = Long.MAX_VALUE - Long.MAX_VALUE % bound;
    long bits = nextLong() >>> 1;
    while (bits >= limit) {
      bits = nextLong() >>> 1;
    }
    return (int) (bits % bound);
  }

  /** A random order of 0..n-1 (Fisher and Yates). */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    shuffle(order);
    return order;
  }

  /** Shuffles {@code values} in place. */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
  }

  /**
   * {@code count} of {@code pool} without replacement; all of it, shuffled, where it has no more.
   */
  public int[] sample(int[] pool, int count) {
    int[] drawn = pool.clone();
    int n = Math.min(count, drawn.length);
    for (int i = 0; i < n; i++) {
      int j = i + nextInt(drawn.length - i);
      int kept = drawn[i];
      drawn[i] = drawn[j];
      drawn[j] = kept;
    }
    return java.util.Arrays.copyOf(drawn, n);
  }
}
