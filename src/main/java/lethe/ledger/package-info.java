/**
 * What happened (events and their fold) and what came out (artifacts, provenance). It may use data
 * and plan.
 *
 * <p>Rank 3.
 */
@NullMarked
package lethe.ledger;

import org.jspecify.annotations.NullMarked;
