package lethe.oracle;

/** Closed-form fills of parameters and images, in place of shipped weights and pictures. */
public final class Fills {
  private static final int IMAGE_KEY = 1_048_576;
  private static final int IMAGE_ELEMENTS = 3 * 32 * 32;

  private Fills() {}

  /** A number in (-1, 1) that looks random: a 32-bit hash of element {@code e} and a key. */
  public static double noise(int e, int key) {
    int x = (e + 1) * 0x9E3779B1 + (key + 1) * 0x85EBCA77;
    x ^= x >>> 16;
    x *= 0x85EBCA6B;
    x ^= x >>> 13;
    x *= 0xC2B2AE35;
    x ^= x >>> 16;
    return 2.0 * (((x & 0xFFFFFFFFL) + 0.5) / 4294967296.0) - 1.0;
  }

  /** Weight or bias number {@code index} of a network: noise / √fanIn. */
  public static double[] weight(int paramSeed, int index, int size, int fanIn) {
    return fill(paramSeed, index, size, 0, 1 / Math.sqrt(fanIn));
  }

  /** Norm scale γ number {@code index} of a network: 1 + 0.1 noise. */
  public static double[] gamma(int paramSeed, int index, int size) {
    return fill(paramSeed, index, size, 1, 0.1);
  }

  /** Norm shift β number {@code index} of a network: 0.1 noise. */
  public static double[] beta(int paramSeed, int index, int size) {
    return fill(paramSeed, index, size, 0, 0.1);
  }

  /** Image {@code n}: 3 x 32 x 32 values in channel, row, column order. */
  public static double[] image(int n) {
    double[] image = new double[IMAGE_ELEMENTS];
    for (int e = 0; e < image.length; e++) {
      image[e] =
          Math.sin(0.05 * (e + 1) * (1 + 0.1 * (n % 50)) + 0.7 * n) + 0.5 * noise(e, IMAGE_KEY + n);
    }
    return image;
  }

  private static double[] fill(int paramSeed, int index, int size, double centre, double scale) {
    double[] values = new double[size];
    for (int e = 0; e < size; e++) {
      values[e] = centre + scale * noise(e, 4096 * paramSeed + index);
    }
    return values;
  }
}
