/** Tests of the formulas on engine tensors. */
@NullMarked
package lethe.kernel.tensor;

import org.jspecify.annotations.NullMarked;
