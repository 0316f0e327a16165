/**
 * What Lethe costs itself, measured: {@code mvn -q -Pbench}. One class a benchmark, and one line in
 * {@link lethe.bench.Catalogue}; {@code docs/performance.md} says what the figures mean.
 *
 * <p>Outside the house: it may use every room but the door, nothing uses it, and it is built by its
 * profile alone.
 */
@NullMarked
package lethe.bench;

import org.jspecify.annotations.NullMarked;
