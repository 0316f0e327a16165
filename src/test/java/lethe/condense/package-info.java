/** Tests of this room. */
@NullMarked
package lethe.condense;

import org.jspecify.annotations.NullMarked;
