package lethe.kernel.array;

import java.util.Arrays;

/**
 * Inner products in plain Java. The points are laid out in blocks of columns, so that the innermost
 * loop runs over points and the compiler turns it into vector instructions, which it may not do
 * with a sum.
 */
final class BlockedProducts implements Products.Held {
  private static final int BLOCK = 256; // points a block: one row of sums is 1 KiB
  private static final int STEP = 8; // columns added in one go: one load of the sums for eight

  private final int count;
  private final int width; // rounded up to whole steps
  private final int given;
  private final float[] columns; // [blocks, width, BLOCK]
  private final float[] factors;
  private final float[] sums = new float[BLOCK];

  BlockedProducts(float[] points, int count, int width) {
    this.count = count;
    this.given = width;
    this.width = (width + STEP - 1) / STEP * STEP;
    this.factors = new float[this.width];
    int blocks = (count + BLOCK - 1) / BLOCK;
    this.columns = new float[Math.multiplyExact(blocks * BLOCK, this.width)];
    for (int i = 0; i < count; i++) {
      int at = i / BLOCK * BLOCK * this.width + i % BLOCK;
      for (int t = 0; t < width; t++) {
        columns[at + t * BLOCK] = points[i * width + t];
      }
    }
  }

  @Override
  public void times(float[] rows, int others, float[] out) {
    for (int from = 0; from < count; from += BLOCK) {
      int size = Math.min(BLOCK, count - from);
      for (int c = 0; c < others; c++) {
        System.arraycopy(rows, c * given, factors, 0, given);
        Arrays.fill(sums, 0);
        for (int t = 0; t < width; t += STEP) {
          addEight(from * width + t * BLOCK, t);
        }
        System.arraycopy(sums, 0, out, c * count + from, size);
      }
    }
  }

  private void addEight(int at, int t) {
    float f0 = factors[t];
    float f1 = factors[t + 1];
    float f2 = factors[t + 2];
    float f3 = factors[t + 3];
    float f4 = factors[t + 4];
    float f5 = factors[t + 5];
    float f6 = factors[t + 6];
    float f7 = factors[t + 7];
    float[] x = columns;
    float[] s = sums;
    for (int i = 0; i < BLOCK; i++) {
      int e = at + i;
      s[i] +=
          f0 * x[e]
              + f1 * x[e + BLOCK]
              + f2 * x[e + 2 * BLOCK]
              + f3 * x[e + 3 * BLOCK]
              + f4 * x[e + 4 * BLOCK]
              + f5 * x[e + 5 * BLOCK]
              + f6 * x[e + 6 * BLOCK]
              + f7 * x[e + 7 * BLOCK];
    }
  }

  @Override
  public void close() {}
}
