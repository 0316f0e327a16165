package lethe.data.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import lethe.data.DataException;
import lethe.data.Dataset;
import lethe.data.ImageSet;
import lethe.plan.Card;
import lethe.plan.Knob;

/**
 * CIFAR-10: 50,000 training and 10,000 test images of ten classes, in their official order, from
 * the binary files (a record is 1 label byte and 3,072 pixel bytes: the red, green and blue plane).
 * Fewer whole records are accepted.
 *
 * <p>Source: A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009. Mean and
 * standard deviation are those of the paper's code (get_dataset.py).
 */
final class Cifar10 {
  static final Card CARD =
      new Card(
          "cifar-10",
          "CIFAR-10",
          "dataset.cifar-10",
          1,
          List.of(
              Knob.integer("train-per-class", 0, 5_000), Knob.integer("test-per-class", 0, 1_000)),
          Set.of());

  static final int RECORD = 1 + ImageSet.BYTES; // 3,073 bytes
  static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
  private static final OfficialSet OFFICIAL = new OfficialSet("CIFAR-10", 50_000, 10_000);

  private Cifar10() {}

  static DataSource in(Path dataDir) {
    Cifar10Files files = new Cifar10Files(dataDir);
    ScanOnce scan = new ScanOnce(CARD.id(), files::stamp, () -> scan(files));
    return new ScannedSource(
        CARD, scan, () -> scan.get().counts(CLASSES), () -> load(files), files::missing, false);
  }

  private static Dataset load(Cifar10Files files) throws IOException {
    List<byte[]> train = new ArrayList<>();
    List<byte[]> test = new ArrayList<>();
    List<String> unofficial = new ArrayList<>();
    List<String> missing = new ArrayList<>(Cifar10Files.TRAIN);
    files.forEach(
        file -> {
          check(file);
          missing.remove(file.name());
          if (!file.isOfficial()) {
            unofficial.add(file.place());
          }
          (file.isTest() ? test : train).add(file.bytes());
        });
    ImageSet trainImages = images(train);
    ImageSet testImages = images(test);
    OFFICIAL.compare(trainImages, testImages, missing, unofficial);
    return new Dataset(
        CARD.id(),
        CLASSES,
        new float[] {0.4914f, 0.4822f, 0.4465f},
        new float[] {0.2023f, 0.1994f, 0.2010f},
        trainImages,
        testImages);
  }

  /** SHA-256 over the training records and their number, then the test records and theirs. */
  private static Scan scan(Cifar10Files files) throws IOException {
    MessageDigest sha = Cifar10Files.digest("SHA-256");
    int[] train = new int[CLASSES.size()];
    int[] test = new int[CLASSES.size()];
    files.forEach(
        file -> {
          check(file);
          if (file.isTest()) {
            sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, total(train)));
          }
          sha.update(file.bytes());
          count(file.bytes(), file.isTest() ? test : train);
        });
    sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, total(test)));
    return new Scan(
        HexFormat.of().formatHex(sha.digest()),
        IntStream.of(train).boxed().toList(),
        IntStream.of(test).boxed().toList());
  }

  private static void check(Cifar10Files.RecordFile file) {
    byte[] bytes = file.bytes();
    if (bytes.length == 0) {
      throw new DataException(file.place() + " is empty: it is cut at byte 0.");
    }
    int whole = bytes.length / RECORD;
    if (bytes.length % RECORD != 0) {
      throw new DataException(
          String.format(
              "%s is cut: the record at byte %d has %,d of %,d bytes.",
              file.place(), (long) whole * RECORD, bytes.length % RECORD, RECORD));
    }
    for (int i = 0; i < whole; i++) {
      int label = Byte.toUnsignedInt(bytes[i * RECORD]);
      if (label >= CLASSES.size()) {
        throw new DataException(
            String.format(
                "%s has the label %d at byte %d, and CIFAR-10 has the labels 0 to 9.",
                file.place(), label, (long) i * RECORD));
      }
    }
  }

  private static ImageSet images(List<byte[]> files) {
    int count = files.stream().mapToInt(file -> file.length / RECORD).sum();
    byte[] pixels = new byte[count * ImageSet.BYTES];
    int[] labels = new int[count];
    int n = 0;
    for (byte[] file : files) {
      for (int at = 0; at < file.length; at += RECORD) {
        labels[n] = file[at];
        System.arraycopy(file, at + 1, pixels, n * ImageSet.BYTES, ImageSet.BYTES);
        n++;
      }
    }
    return new ImageSet(pixels, labels);
  }

  private static void count(byte[] records, int[] byClass) {
    for (int at = 0; at < records.length; at += RECORD) {
      byClass[records[at]]++;
    }
  }

  private static int total(int[] byClass) {
    int total = 0;
    for (int count : byClass) {
      total += count;
    }
    return total;
  }
}
