/**
 * Tables and files made of what is finished. It may use ledger, data, plan and kernel.array.
 *
 * <p>Rank 4.
 */
@NullMarked
package lethe.report;

import org.jspecify.annotations.NullMarked;
