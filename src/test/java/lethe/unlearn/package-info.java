/** Tests of this room. */
@NullMarked
package lethe.unlearn;

import org.jspecify.annotations.NullMarked;
