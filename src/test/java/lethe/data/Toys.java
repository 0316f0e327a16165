package lethe.data;

import java.util.List;

/** Small datasets: three classes take turns, and the first pixel of an image is its position. */
final class Toys {
  private Toys() {}

  static Dataset dataset(int train, int test) {
    return new Dataset(
        "toys",
        List.of("ball", "doll", "kite"),
        new float[] {0.5f, 0.5f, 0.5f},
        new float[] {0.25f, 0.25f, 0.25f},
        images(train),
        images(test));
  }

  private static ImageSet images(int count) {
    byte[] pixels = new byte[count * ImageSet.BYTES];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 3;
      pixels[i * ImageSet.BYTES] = (byte) i;
    }
    return new ImageSet(pixels, labels);
  }
}
