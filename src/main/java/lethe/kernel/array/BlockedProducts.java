package lethe.kernel.array;

import java.util.Arrays;

/**
 * Inner products in plain Java. The innermost loop runs over points, not over the terms of one
 * product: the compiler turns it into vector instructions, which it may not do with a sum. Columns
 * are arrays of their own and taken four at a time because that is what it recognises (5 times
 * faster than eight columns or one long array).
 */
final class BlockedProducts implements Products.Held {
  private static final int BLOCK = 256; // points a block: a column's part is 1 KiB
  private static final int TILE = 32; // columns a tile: 32 KiB of a block stay in the nearest cache
  private static final int STEP = 4; // columns added in one go

  private final int count;
  private final int width;
  private final float[][][] columns; // [blocks][width, rounded up to tiles][BLOCK]
  private float[][] sums = new float[0][]; // [others][BLOCK]

  BlockedProducts(float[] points, int count, int width) {
    this.count = count;
    this.width = width;
    int tiles = (width + TILE - 1) / TILE;
    this.columns = new float[(count + BLOCK - 1) / BLOCK][tiles * TILE][];
    float[] nothing = new float[BLOCK]; // pads the last tile
    for (int block = 0; block < columns.length; block++) {
      int from = block * BLOCK;
      int size = Math.min(BLOCK, count - from);
      Arrays.fill(columns[block], nothing);
      for (int t = 0; t < width; t++) {
        float[] column = new float[BLOCK];
        for (int i = 0; i < size; i++) {
          column[i] = points[(from + i) * width + t];
        }
        columns[block][t] = column;
      }
    }
  }

  @Override
  public void times(float[] rows, int others, float[] out) {
    if (sums.length < others) {
      sums = new float[others][BLOCK];
    }
    float[] factors = new float[TILE];
    for (int block = 0; block < columns.length; block++) {
      for (int c = 0; c < others; c++) {
        Arrays.fill(sums[c], 0);
      }
      for (int tile = 0; tile < width; tile += TILE) {
        int used = Math.min(TILE, width - tile);
        Arrays.fill(factors, used, TILE, 0);
        for (int c = 0; c < others; c++) {
          System.arraycopy(rows, c * width + tile, factors, 0, used);
          addTile(columns[block], tile, factors, sums[c]);
        }
      }
      int size = Math.min(BLOCK, count - block * BLOCK);
      for (int c = 0; c < others; c++) {
        System.arraycopy(sums[c], 0, out, c * count + block * BLOCK, size);
      }
    }
  }

  @Override
  public void close() {}

  private static void addTile(float[][] block, int tile, float[] factors, float[] sums) {
    for (int t = 0; t < TILE; t += STEP) {
      addFour(
          block[tile + t],
          block[tile + t + 1],
          block[tile + t + 2],
          block[tile + t + 3],
          factors,
          t,
          sums);
    }
  }

  private static void addFour(
      float[] x0, float[] x1, float[] x2, float[] x3, float[] factors, int t, float[] sums) {
    float f0 = factors[t];
    float f1 = factors[t + 1];
    float f2 = factors[t + 2];
    float f3 = factors[t + 3];
    for (int i = 0; i < BLOCK; i++) {
      sums[i] += f0 * x0[i] + f1 * x1[i] + f2 * x2[i] + f3 * x3[i];
    }
  }
}
