/**
 * What the engine is asked to do, measured: training steps, epochs, Blend, the partition, passes
 * over many images. Where a Python with PyTorch is named ({@code -Dbench.python=...}), the peers in
 * {@code bench/peer} do the same in turns.
 */
@NullMarked
package lethe.bench.engine;

import org.jspecify.annotations.NullMarked;
