/**
 * The door: one class a verb. It may use every room, and picocli.
 *
 * <p>Rank 6.
 */
@NullMarked
package lethe.cli;

import org.jspecify.annotations.NullMarked;
