package lethe.data.source;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.IntStream;

/**
 * Counts the images of a dataset as they pass and boils them down: SHA-256 over each image's part
 * (0 train, 1 test), label and the SHA-256 of its pixels, one byte, one byte and 32. So it does not
 * matter how the pixels are packed in files, and images need not be in memory together.
 */
final class Census {
  private final MessageDigest sha = sha256();
  private final int[] train;
  private final int[] test;

  /**
   * @param classes at most 256
   */
  Census(int classes) {
    this.train = new int[classes];
    this.test = new int[classes];
  }

  static MessageDigest sha256() {
    return Cifar10Files.digest("SHA-256");
  }

  /**
   * The next image in the dataset's order.
   *
   * @param pixels SHA-256 of its pixels
   */
  void add(boolean isTest, int label, byte[] pixels) {
    sha.update((byte) (isTest ? 1 : 0));
    sha.update((byte) label);
    sha.update(pixels);
    (isTest ? test : train)[label]++;
  }

  /** What passed; to be asked once. */
  Scan close() {
    return new Scan(
        HexFormat.of().formatHex(sha.digest()),
        IntStream.of(train).boxed().toList(),
        IntStream.of(test).boxed().toList());
  }
}
