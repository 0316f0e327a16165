/** Tests of the scores. */
@NullMarked
package lethe.evaluate;

import org.jspecify.annotations.NullMarked;
