/**
 * Algorithms 1 and 2: the random embedder's features, clusters per class, F-sampling. It may use
 * net, data, plan and kernel.
 *
 * <p>Rank 3.
 */
@NullMarked
package lethe.partition;

import org.jspecify.annotations.NullMarked;
