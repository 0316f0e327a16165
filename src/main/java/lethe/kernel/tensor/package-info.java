/**
 * Formulas on engine tensors, one class each: losses and their parts. It may use DJL and
 * kernel.array.
 *
 * <p>Rank 0.
 */
@NullMarked
package lethe.kernel.tensor;

import org.jspecify.annotations.NullMarked;
