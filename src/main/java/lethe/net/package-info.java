/**
 * Networks, weights, the training loop, and the engine session that owns every tensor. It may use
 * data, plan, kernel and DJL.
 *
 * <p>Rank 2.
 */
@NullMarked
package lethe.net;

import org.jspecify.annotations.NullMarked;
