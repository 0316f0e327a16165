/**
 * Condensers, one class each, and their catalogue: images of a free cluster in, one prototype out.
 * It may use net, data, plan, kernel and DJL.
 *
 * <p>Rank 3.
 */
@NullMarked
package lethe.condense;

import org.jspecify.annotations.NullMarked;
