/**
 * What stages hand each other: images, splits, clusters, parts, prototypes, scores, and their
 * files. It may use plan and kernel.array.
 *
 * <p>Rank 1.
 */
@NullMarked
package lethe.data;

import org.jspecify.annotations.NullMarked;
