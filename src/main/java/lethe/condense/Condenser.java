package lethe.condense;

import lethe.data.Prototypes;

/** Makes one prototype of each free cluster. */
@FunctionalInterface
public interface Condenser {
  /**
   * Condenses the free clusters.
   *
   * @throws lethe.net.StoppedException when the task's signals asked for it
   * @throws IllegalArgumentException if a free cluster is empty
   */
  Condensed condense(CondenseTask task);

  /**
   * What a condenser leaves.
   *
   * @param refusedSteps steps of single clusters that were not taken because they led astray
   */
  record Condensed(Prototypes prototypes, long refusedSteps) {}
}
