/**
 * Live progress of a run. It may use report, ledger, plan and Akka.
 *
 * <p>Rank 5.
 */
@NullMarked
package lethe.watch;

import org.jspecify.annotations.NullMarked;
