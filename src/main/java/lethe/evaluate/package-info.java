/**
 * Scores from logits: accuracies and membership inference. It may use net, data, plan and kernel.
 *
 * <p>Rank 3.
 */
@NullMarked
package lethe.evaluate;

import org.jspecify.annotations.NullMarked;
