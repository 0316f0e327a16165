/**
 * The plan is a pure function of a grid: axes, cells, stages and their content keys. It may use
 * Typesafe Config.
 *
 * <p>Rank 0.
 */
@NullMarked
package lethe.plan;

import org.jspecify.annotations.NullMarked;
