package lethe.data.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import lethe.data.DataException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Where the files of CIFAR-10 lie: a folder or, without it, the archive as it is offered for
 * download, which is read in memory.
 */
record Cifar10Files(Path dataDir) {
  private static final String FOLDER = "cifar-10-batches-bin";
  private static final int MOST = 60_000 * Cifar10.RECORD; // bytes: every image in one file
  private static final String ARCHIVE = "cifar-10-binary.tar.gz";
  private static final String HOME = "https://www.cs.toronto.edu/~kriz/";
  private static final String TEST = "test_batch.bin";
  static final List<String> TRAIN =
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin");
  private static final Map<String, String> OFFICIAL_MD5 =
      Map.of(
          "data_batch_1.bin", "5dd7e06a14cb22eb9f671a540d1b7c25",
          "data_batch_2.bin", "5ea93a67294ea407fff1d09f752e9692",
          "data_batch_3.bin", "942cd6a4bcdd0dd3c604fbe906cb4421",
          "data_batch_4.bin", "ae636b3ba5c66a11e91e8cb52e771fcb",
          "data_batch_5.bin", "53f37980c15c3d472c316c40844f3f0d",
          "test_batch.bin", "803d5f7f4d78ea53de84dbe85f74fb6d");

  /** See {@link DataSource#missing()}. */
  List<Download> missing() {
    return offered().unless(folder());
  }

  private Download offered() {
    return Download.of(HOME, ARCHIVE, dataDir, 170_052_171, "c32a1d4ab5d03f1284b67883e8d87530");
  }

  /**
   * One file of records.
   *
   * @param place what sentences call it
   */
  record RecordFile(String name, String place, byte[] bytes) {
    boolean isTest() {
      return name.equals(TEST);
    }

    boolean isOfficial() {
      String md5 = HexFormat.of().formatHex(digest("MD5").digest(bytes));
      return md5.equals(OFFICIAL_MD5.get(name));
    }
  }

  /**
   * Hands over the training files in order, as many as there are, and last the test file.
   *
   * @throws DataException when the test file or every training file is missing
   */
  void forEach(Consumer<RecordFile> reader) throws IOException {
    Intake.requireOpen(folder());
    if (Files.isDirectory(folder())) {
      forEachOfFolder(reader);
    } else if (Files.exists(archive())) {
      forEachOfArchive(reader);
    } else {
      throw new DataException(
          "CIFAR-10 is missing: data_batch_1.bin to data_batch_5.bin and test_batch.bin belong in "
              + folder()
              + ", or "
              + offered().offer()
              + " in "
              + dataDir
              + "; "
              + Download.PERMISSION
              + ".");
    }
  }

  /** Place, size and time of change of every file there is: what a change of content changes. */
  String stamp() throws IOException {
    List<Path> places = new ArrayList<>(TRAIN.stream().map(folder()::resolve).toList());
    places.add(folder().resolve(TEST));
    places.add(archive());
    return ScanCache.stampOf(places);
  }

  private void forEachOfFolder(Consumer<RecordFile> reader) throws IOException {
    List<String> train =
        TRAIN.stream().filter(name -> Files.exists(folder().resolve(name))).toList();
    requireBoth(!train.isEmpty(), Files.exists(folder().resolve(TEST)), folder().toString());
    for (String name : train) {
      reader.accept(ofFolder(name));
    }
    reader.accept(ofFolder(TEST));
  }

  private RecordFile ofFolder(String name) throws IOException {
    Path file = folder().resolve(name);
    return new RecordFile(name, file.toString(), Intake.readAll(file, MOST));
  }

  private void forEachOfArchive(Consumer<RecordFile> reader) throws IOException {
    Map<String, byte[]> found = unpacked();
    String place = archive() + "!/" + FOLDER;
    requireBoth(TRAIN.stream().anyMatch(found::containsKey), found.containsKey(TEST), place);
    for (String name : TRAIN) {
      byte[] bytes = found.remove(name);
      if (bytes != null) {
        reader.accept(new RecordFile(name, place + "/" + name, bytes));
      }
    }
    byte[] test = found.get(TEST);
    if (test != null) {
      reader.accept(new RecordFile(TEST, place + "/" + TEST, test));
    }
  }

  /** The record files of the archive, by name. */
  private Map<String, byte[]> unpacked() throws IOException {
    Map<String, byte[]> found = new TreeMap<>();
    Intake.require(archive(), Long.MAX_VALUE);
    try (InputStream file = Files.newInputStream(archive());
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new GzipCompressorInputStream(new BufferedInputStream(file, 1 << 16)))) {
      TarArchiveEntry entry = tar.getNextEntry();
      while (entry != null) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (entry.isFile() && OFFICIAL_MD5.containsKey(name)) {
          found.put(name, Intake.readEntry(tar, archive() + "!/" + entry.getName(), MOST));
        }
        entry = tar.getNextEntry();
      }
    } catch (IOException e) {
      throw Damage.of(archive(), e);
    }
    return found;
  }

  private static void requireBoth(boolean train, boolean test, String place) {
    if (!train) {
      throw new DataException(
          "CIFAR-10 has no training images: data_batch_1.bin to data_batch_5.bin belong in "
              + place
              + ".");
    }
    if (!test) {
      throw new DataException(
          "CIFAR-10 has no test images: test_batch.bin belongs in " + place + ".");
    }
  }

  private Path folder() {
    return dataDir.resolve(FOLDER);
  }

  private Path archive() {
    return dataDir.resolve(ARCHIVE);
  }

  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has " + algorithm, e);
    }
  }
}
