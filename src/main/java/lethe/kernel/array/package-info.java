/**
 * Formulas on arrays of numbers, one class each. It may use the JDK and Commons Statistics (for
 * quantiles of Student's t).
 *
 * <p>Rank 0.
 */
@NullMarked
package lethe.kernel.array;

import org.jspecify.annotations.NullMarked;
