package lethe.bench.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bare numbers in files, 4 bytes each, little-endian: how both sides get the same. */
final class Floats {
  private Floats() {}

  /** Writes arrays one after the other. */
  static void write(Path file, float[]... arrays) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      for (float[] array : arrays) {
        ByteBuffer bytes = bytes(array.length);
        bytes.asFloatBuffer().put(array);
        out.write(bytes.array());
      }
    }
  }

  static void write(Path file, int[] array) throws IOException {
    ByteBuffer bytes = bytes(array.length);
    bytes.asIntBuffer().put(array);
    Files.write(file, bytes.array());
  }

  static float[] read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] array = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(array);
    return array;
  }

  static int[] readInts(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int[] array = new int[bytes.remaining() / Integer.BYTES];
    bytes.asIntBuffer().get(array);
    return array;
  }

  /** The largest |a - b|; both are as long. */
  static double largestDifference(float[] a, float[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "There are %d numbers and %d".formatted(a.length, b.length));
    }
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs((double) a[i] - b[i]));
    }
    return largest;
  }

  private static ByteBuffer bytes(int numbers) {
    return ByteBuffer.allocate(Math.multiplyExact(numbers, Float.BYTES))
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
