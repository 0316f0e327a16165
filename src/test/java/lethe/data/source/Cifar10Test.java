package lethe.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import lethe.data.DataException;
import lethe.data.Dataset;
import lethe.data.ImageSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10Test {
  private static final int RECORD = 3_073;

  private final Path data;

  Cifar10Test(@TempDir Path data) {
    this.data = data;
  }

  @Test
  void records_become_images_in_the_order_of_the_files() throws IOException {
    writeFolder();
    Dataset dataset = Cifar10.in(data).load();
    // data_batch_1 has the labels 3 and 9, data_batch_2 has 0; the test file has 1.
    assertEquals(List.of(3, 9, 0), boxed(dataset.train().labels()));
    assertEquals(List.of(1), boxed(dataset.test().labels()));
    // Pixel p of a record of label l is (p + l) modulo 256.
    assertEquals((byte) (5 + 9), dataset.train().pixels()[ImageSet.BYTES + 5]);
    assertEquals("truck", dataset.classes().get(9));
    assertEquals("airplane", dataset.classes().get(0));
  }

  @Test
  void a_partial_set_is_counted_by_class() throws IOException {
    writeFolder();
    DataSource.Counts counts = Cifar10.in(data).counts();
    assertEquals(3, counts.trainTotal());
    assertEquals(1, counts.testTotal());
    assertEquals(List.of(1, 0, 0, 1, 0, 0, 0, 0, 0, 1), counts.train());
  }

  @Test
  void the_archive_is_the_same_set_as_the_folder() throws IOException {
    writeFolder();
    String fromFolder = Cifar10.in(data).digest();
    Path other = Files.createDirectory(data.resolve("other"));
    writeArchive(other);
    DataSource archived = Cifar10.in(other);
    assertEquals(fromFolder, archived.digest());
    assertEquals(List.of(3, 9, 0), boxed(archived.load().train().labels()));
  }

  @Test
  void the_digest_sees_every_byte_and_the_border_of_train_and_test() throws IOException {
    writeFolder();
    String before = Cifar10.in(data).digest();
    byte[] records = Files.readAllBytes(file("data_batch_2.bin"));
    records[RECORD - 1]++;
    Files.write(file("data_batch_2.bin"), records);
    String changed = Cifar10.in(data).digest();
    assertNotEquals(before, changed);

    Files.delete(file("data_batch_2.bin"));
    Files.write(file("data_batch_1.bin"), records(3));
    Files.write(file("test_batch.bin"), records(9, 1));
    String moved = Cifar10.in(data).digest();
    Files.write(file("data_batch_1.bin"), records(3, 9));
    Files.write(file("test_batch.bin"), records(1));
    assertNotEquals(moved, Cifar10.in(data).digest());
  }

  @Test
  void a_remembered_digest_lasts_until_a_file_changes() throws IOException {
    writeFolder();
    Path cache = data.resolve("cache");
    String digest = Cifar10.in(data).digest(cache);
    assertEquals(Cifar10.in(data).digest(), digest);

    Path remembered = cache.resolve("cifar-10.digest.json");
    Files.writeString(remembered, Files.readString(remembered).replace(digest, "remembered"));
    DataSource again = Cifar10.in(data);
    assertEquals("remembered", again.digest(cache));
    assertEquals(3, again.counts().trainTotal());

    Files.write(file("data_batch_2.bin"), records(0, 0));
    assertEquals(Cifar10.in(data).digest(), Cifar10.in(data).digest(cache));
    Files.writeString(remembered, "{");
    assertEquals(Cifar10.in(data).digest(), Cifar10.in(data).digest(cache));
    assertEquals(Cifar10.in(data).digest(), Cifar10.in(data).digest(remembered));
  }

  @Test
  void a_missing_folder_is_one_sentence_that_says_what_belongs_where() {
    assertRefused(
        "CIFAR-10 is missing: data_batch_1.bin to data_batch_5.bin and test_batch.bin belong in "
            + data.resolve("cifar-10-batches-bin")
            + ", or cifar-10-binary.tar.gz"
            + " (https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz, 170 MB) in "
            + data
            + "; data.fetch = true lets a run fetch what is missing.");
  }

  @Test
  void a_missing_file_is_named() throws IOException {
    writeFolder();
    Files.delete(file("test_batch.bin"));
    assertRefused(
        "CIFAR-10 has no test images: test_batch.bin belongs in "
            + data.resolve("cifar-10-batches-bin")
            + ".");
    writeFolder();
    Files.delete(file("data_batch_1.bin"));
    Files.delete(file("data_batch_2.bin"));
    assertRefused(
        "CIFAR-10 has no training images: data_batch_1.bin to data_batch_5.bin belong in "
            + data.resolve("cifar-10-batches-bin")
            + ".");
  }

  @Test
  void a_cut_file_is_named_with_the_byte_of_the_cut_record() throws IOException {
    writeFolder();
    Files.write(file("data_batch_1.bin"), Arrays.copyOf(records(3, 9), RECORD + 100));
    assertRefused(
        file("data_batch_1.bin") + " is cut: the record at byte 3073 has 100 of 3,073 bytes.");
    Files.write(file("data_batch_1.bin"), new byte[0]);
    assertRefused(file("data_batch_1.bin") + " is empty: it is cut at byte 0.");
  }

  @Test
  void a_label_above_nine_is_named_with_its_byte() throws IOException {
    writeFolder();
    byte[] records = records(3, 9);
    records[RECORD] = (byte) 200;
    Files.write(file("data_batch_1.bin"), records);
    assertRefused(
        file("data_batch_1.bin")
            + " has the label 200 at byte 3073, and CIFAR-10 has the labels 0 to 9.");
  }

  @Test
  void a_path_that_leads_out_of_the_archive_writes_nothing() throws IOException {
    Path other = Files.createDirectories(data.resolve("deep/other"));
    TarGz archive = new TarGz(other.resolve("cifar-10-binary.tar.gz"));
    LinkedHashMap<String, byte[]> files = new LinkedHashMap<>();
    files.put("../../outside/data_batch_1.bin", records(3, 9));
    files.put(data.resolve("outside/test_batch.bin").toString(), records(1));
    files.put("../../outside/evil.sh", new byte[] {1});
    archive.write(files);
    assertEquals(2, Cifar10.in(other).load().train().size());
    assertFalse(Files.exists(data.resolve("outside")));
  }

  @Test
  void an_archive_without_the_test_file_is_refused() throws IOException {
    Path archive = data.resolve("cifar-10-binary.tar.gz");
    LinkedHashMap<String, byte[]> files = new LinkedHashMap<>();
    files.put("cifar-10-batches-bin/data_batch_1.bin", records(3));
    new TarGz(archive).write(files);
    assertRefused(
        "CIFAR-10 has no test images: test_batch.bin belongs in "
            + archive
            + "!/cifar-10-batches-bin.");
  }

  @Test
  void files_of_another_checksum_are_taken_and_named_in_a_warning() throws IOException {
    writeFolder();
    assertEquals(
        "CIFAR-10 is not the official set: 3 of 50000 training and 1 of 10000 test images are there"
            + " without data_batch_3.bin, data_batch_4.bin, data_batch_5.bin and the MD5 of "
            + "%s, %s, %s differs, so results may differ from published ones"
                .formatted(
                    file("data_batch_1.bin"), file("data_batch_2.bin"), file("test_batch.bin")),
        warning());
  }

  private String warning() throws IOException {
    List<String> said = Said.by(OfficialSet.class, () -> Cifar10.in(data).load());
    assertEquals(1, said.size());
    return said.get(0);
  }

  @Test
  void a_batch_file_that_leads_nowhere_counts_as_missing() throws IOException {
    writeFolder();
    Files.createSymbolicLink(file("data_batch_3.bin"), data.resolve("gone"));
    assertTrue(warning().contains(" without data_batch_3.bin, data_batch_4.bin"), warning());
  }

  @Test
  void only_files_of_a_plausible_size_are_read() throws IOException {
    writeFolder();
    Path device = Path.of("/dev/zero");
    if (Files.exists(device)) {
      Files.delete(file("data_batch_2.bin"));
      Files.createSymbolicLink(file("data_batch_2.bin"), device);
      assertRefused(file("data_batch_2.bin") + " is a pipe or a device; it must be a file.");
      Files.delete(file("data_batch_2.bin"));
    }
    try (RandomAccessFile huge = new RandomAccessFile(file("data_batch_2.bin").toFile(), "rw")) {
      huge.setLength(3_000_000_000L); // takes no room
    }
    assertRefused(
        file("data_batch_2.bin")
            + " has more than 184,380,000 bytes, which no file of its kind has.");
  }

  @Test
  void entries_of_archives_are_bounded() throws IOException {
    InputStream endless = new ByteArrayInputStream(new byte[11]);
    assertEquals(10, Intake.readEntry(new ByteArrayInputStream(new byte[10]), "x", 10).length);
    DataException refused =
        assertThrows(DataException.class, () -> Intake.readEntry(endless, "a!/x", 10));
    assertEquals(
        "a!/x has more than 10 bytes, which no file of its kind has.", refused.getMessage());
  }

  @Test
  void an_archive_cut_anywhere_says_so_in_words() throws IOException {
    writeArchive(data).assertRefusedWhereverCut(() -> Cifar10.in(data).digest());
  }

  @Test
  void a_folder_in_the_place_of_a_file_is_named() throws IOException {
    writeFolder();
    Files.delete(file("data_batch_2.bin"));
    Files.createDirectory(file("data_batch_2.bin"));
    assertRefused(file("data_batch_2.bin") + " is a folder; it must be a file.");
  }

  @Test
  void a_folder_in_the_place_of_the_archive_is_named() throws IOException {
    Path archive = Files.createDirectory(data.resolve("cifar-10-binary.tar.gz"));
    assertRefused(archive + " is a folder; it must be a file.");
  }

  @Test
  void the_real_files_are_whole() throws IOException {
    Optional<Path> real =
        Optional.ofNullable(System.getenv("LETHE_DATA"))
            .map(Path::of)
            .filter(folder -> Files.isDirectory(folder.resolve("cifar-10-batches-bin")));
    assumeTrue(
        real.isPresent(),
        "LETHE_DATA names no folder with cifar-10-batches-bin: real files skipped");
    DataSource source = Cifar10.in(real.orElseThrow());
    DataSource.Counts counts = source.counts();
    Dataset dataset = source.load();
    assertEquals(counts.trainTotal(), dataset.train().size());
    assertEquals(counts.testTotal(), dataset.test().size());
    if (counts.trainTotal() == 50_000) {
      assertEquals(Collections.nCopies(10, 5_000), counts.train());
      // The first records of the official data_batch_1.bin are a frog and two trucks.
      assertEquals(List.of(6, 9, 9), boxed(Arrays.copyOf(dataset.train().labels(), 3)));
    }
  }

  private void assertRefused(String sentence) {
    DataException digest = assertThrows(DataException.class, () -> Cifar10.in(data).digest());
    assertEquals(sentence, digest.getMessage());
    DataException load = assertThrows(DataException.class, () -> Cifar10.in(data).load());
    assertEquals(sentence, load.getMessage());
  }

  private Path file(String name) {
    return data.resolve("cifar-10-batches-bin").resolve(name);
  }

  private void writeFolder() throws IOException {
    Files.createDirectories(data.resolve("cifar-10-batches-bin"));
    Files.write(file("data_batch_1.bin"), records(3, 9));
    Files.write(file("data_batch_2.bin"), records(0));
    Files.write(file("test_batch.bin"), records(1));
  }

  /** As the archive is offered: in a folder, in no special order, with other files. */
  private static TarGz writeArchive(Path folder) throws IOException {
    TarGz archive = new TarGz(folder.resolve("cifar-10-binary.tar.gz"));
    LinkedHashMap<String, byte[]> files = new LinkedHashMap<>();
    files.put("cifar-10-batches-bin/readme.html", new byte[] {1});
    files.put("cifar-10-batches-bin/data_batch_2.bin", records(0));
    files.put("cifar-10-batches-bin/test_batch.bin", records(1));
    files.put("cifar-10-batches-bin/data_batch_1.bin", records(3, 9));
    archive.write(files);
    return archive;
  }

  private static byte[] records(int... labels) {
    byte[] records = new byte[labels.length * RECORD];
    for (int i = 0; i < labels.length; i++) {
      records[i * RECORD] = (byte) labels[i];
      for (int p = 0; p < ImageSet.BYTES; p++) {
        records[i * RECORD + 1 + p] = (byte) (p + labels[i]);
      }
    }
    return records;
  }

  private static List<Integer> boxed(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
