package lethe.net;

import java.util.List;

/**
 * One walk over a pool in shuffled batches, the last one smaller, each with its companions.
 *
 * @param leading role of the pool's images
 * @param pool their numbers in the {@link ImageTable}; all are used once
 * @param objective what each step makes smaller
 */
public record Pass(Role leading, int[] pool, List<Companion> companions, Objective objective) {
  public Pass {
    companions = List.copyOf(companions);
  }

  /** A pass without companions. */
  public static Pass over(Role leading, int[] pool, Objective objective) {
    return new Pass(leading, pool, List.of(), objective);
  }

  /** Steps with batches of {@code batch}. */
  public int steps(int batch) {
    return (pool.length + batch - 1) / batch;
  }
}
