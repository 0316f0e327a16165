/**
 * Live progress of a run. It may use run, report and plan.
 *
 * <p>Rank 5.
 */
@NullMarked
package lethe.watch;

import org.jspecify.annotations.NullMarked;
