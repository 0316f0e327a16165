package lethe.kernel.array;

/**
 * Where inner products of points and centroids come from: {@link #inJava()}, or an engine's matrix
 * product. k-means only draws up short lists with them and decides by exact distances, so every
 * source within the error bound leads to the same clusters, bit for bit.
 */
public interface Products {
  /**
   * Takes hold of points that many products will be formed with.
   *
   * @param points row after row, not to be changed while held
   * @param count number of rows
   * @param width numbers a row
   */
  Held hold(float[] points, int count, int width);

  /** Points taken hold of. Used by one thread at a time. */
  interface Held extends AutoCloseable {
    /**
     * Sets {@code out[c * count + i] = x_i · y_c} for each point x_i and each of {@code others}
     * rows y_c. Computed in full float32 (no TF32), each with an error of at most (width + 2) 2⁻²⁴
     * Σ|x y|, which any order of summation keeps.
     *
     * @param rows y, row after row
     * @param others how many rows count; further numbers in {@code rows} are not read
     * @param out at least others * count numbers
     */
    void times(float[] rows, int others, float[] out);

    @Override
    void close();
  }

  /** Plain Java, in the calling thread. */
  static Products inJava() {
    return BlockedProducts::new;
  }
}
