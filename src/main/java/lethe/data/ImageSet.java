package lethe.data;

/**
 * Labelled 32x32 colour images in memory, as bytes.
 *
 * @param pixels n * 3,072 bytes: per image the red, green and blue plane, each row by row
 *     (unsigned)
 * @param labels n class ids, from 0
 */
public record ImageSet(byte[] pixels, int[] labels) {
  public static final int CHANNELS = 3;
  public static final int SIDE = 32;
  public static final int BYTES = CHANNELS * SIDE * SIDE; // 3,072 a image

  public ImageSet {
    if (pixels.length != labels.length * BYTES) {
      throw new IllegalArgumentException(
          pixels.length + " pixel bytes do not make " + labels.length + " images of " + BYTES);
    }
  }

  public int size() {
    return labels.length;
  }

  /** The images at {@code positions}, in that order. */
  public ImageSet take(int[] positions) {
    byte[] taken = new byte[positions.length * BYTES];
    int[] takenLabels = new int[positions.length];
    for (int i = 0; i < positions.length; i++) {
      System.arraycopy(pixels, positions[i] * BYTES, taken, i * BYTES, BYTES);
      takenLabels[i] = labels[positions[i]];
    }
    return new ImageSet(taken, takenLabels);
  }
}
