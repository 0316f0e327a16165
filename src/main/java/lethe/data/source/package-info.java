/**
 * Where images come from, one class a dataset, and their catalogue. It may use plan, data and
 * kernel.array.
 *
 * <p>Rank 1.
 */
@NullMarked
package lethe.data.source;

import org.jspecify.annotations.NullMarked;
