/** Tests of the formulas on arrays. */
@NullMarked
package lethe.kernel.array;

import org.jspecify.annotations.NullMarked;
