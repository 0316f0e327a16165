/**
 * The actors that turn a plan into artifacts: supervisor, one actor a room, the lease, the engine's
 * thread. It may use every room below, of kernel only kernel.array, and Akka.
 *
 * <p>Rank 4.
 */
@NullMarked
package lethe.run;

import org.jspecify.annotations.NullMarked;
