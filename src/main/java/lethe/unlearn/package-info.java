/**
 * Unlearning methods, one class each, and their catalogue. It may use net, data, plan, kernel and
 * DJL.
 *
 * <p>Rank 3.
 */
@NullMarked
package lethe.unlearn;

import org.jspecify.annotations.NullMarked;
