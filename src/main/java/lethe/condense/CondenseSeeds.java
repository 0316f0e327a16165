package lethe.condense;

import lethe.kernel.array.Draws;

/** The random numbers of a condenser: a function of what they are for. */
@FunctionalInterface
public interface CondenseSeeds {
  /**
   * @param purpose what is drawn, such as {@code "real-batch"}
   * @param iteration from 0; 0 where there is only one
   * @param label the class; 0 where it does not matter
   */
  Draws of(String purpose, long iteration, int label);
}
