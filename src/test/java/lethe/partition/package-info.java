/** Tests of Algorithms 1 and 2. */
@NullMarked
package lethe.partition;

import org.jspecify.annotations.NullMarked;
