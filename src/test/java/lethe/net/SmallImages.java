package lethe.net;

import java.util.List;
import lethe.data.Dataset;
import lethe.data.ImageSet;
import lethe.kernel.array.Draws;

/** A dataset of noise around one pattern a class: learnable within a few steps. */
final class SmallImages {
  private SmallImages() {}

  /** Labels run 0, 1, .., classes-1, 0, 1, .. */
  static Dataset dataset(int train, int test, int classes) {
    Draws draws = new Draws(5);
    byte[][] patterns = new byte[classes][ImageSet.BYTES];
    for (byte[] pattern : patterns) {
      for (int i = 0; i < pattern.length; i++) {
        pattern[i] = (byte) draws.nextInt(256);
      }
    }
    List<String> names = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    return new Dataset(
        "small",
        names.subList(0, classes),
        new float[] {.5f, .5f, .5f},
        new float[] {.25f, .25f, .25f},
        images(train, patterns, draws),
        images(test, patterns, draws));
  }

  private static ImageSet images(int count, byte[][] patterns, Draws draws) {
    byte[] pixels = new byte[count * ImageSet.BYTES];
    int[] labels = new int[count];
    for (int n = 0; n < count; n++) {
      labels[n] = n % patterns.length;
      for (int i = 0; i < ImageSet.BYTES; i++) {
        int pure = Byte.toUnsignedInt(patterns[labels[n]][i]);
        pixels[n * ImageSet.BYTES + i] = (byte) ((pure + 3 * draws.nextInt(256)) / 4);
      }
    }
    return new ImageSet(pixels, labels);
  }
}
