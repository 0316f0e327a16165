package lethe.data.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lethe.data.DataException;
import lethe.data.Dataset;
import lethe.data.ImageSet;
import lethe.plan.Settings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;

class SvhnTest {
  private final Path data;
  private final Path train;
  private final Path test;

  SvhnTest(@TempDir Path data) {
    this.data = data;
    this.train = data.resolve("svhn/train_32x32.mat");
    this.test = data.resolve("svhn/test_32x32.mat");
  }

  @BeforeEach
  void write_three_training_images_and_one_test_image() throws IOException {
    Files.createDirectories(data.resolve("svhn"));
    write(train, "X", images(3), "y", labels(10, 3, 9));
    write(test, "X", images(1), "y", labels(1));
  }

  @Test
  void columns_become_rows_and_ten_becomes_the_digit_0() throws IOException {
    Dataset dataset = Svhn.in(data).load();
    assertArrayEquals(new int[] {0, 3, 9}, dataset.train().labels());
    assertArrayEquals(new int[] {1}, dataset.test().labels());
    assertEquals("0", dataset.classes().get(0));
    // Element [row 5, column 7, channel 2] of image 1 is pixel 2 * 1024 + 5 * 32 + 7 of its bytes.
    assertEquals(
        value(5, 7, 2, 1), dataset.train().pixels()[ImageSet.BYTES + 2 * 1_024 + 5 * 32 + 7]);
    for (int row = 0; row < 32; row++) {
      assertEquals(value(row, 31, 0, 0), dataset.test().pixels()[row * 32 + 31]);
    }
  }

  @Test
  void a_partial_set_is_counted_by_class() throws IOException {
    DataSource.Counts counts = Svhn.in(data).counts();
    assertEquals(List.of(1, 0, 0, 1, 0, 0, 0, 0, 0, 1), counts.train());
    assertEquals(List.of(0, 1, 0, 0, 0, 0, 0, 0, 0, 0), counts.test());
  }

  @Test
  void a_class_that_has_fewer_than_the_most_gives_all() throws IOException {
    write(train, "X", images(5), "y", labels(1, 1, 2, 1, 10));
    DataSource svhn = Svhn.in(data);
    Dataset whole = svhn.load();
    // Class 1 has three images and gives two; classes 0 and 2 have one each; the others none.
    Dataset two = svhn.draw(whole, perClass(2, 0), 7).dataset();
    assertEquals(4, two.train().size());
    assertEquals(1, two.test().size());
    assertEquals(5, svhn.draw(whole, perClass(4_500, 9), 7).dataset().train().size());
    assertEquals(5, svhn.draw(whole, perClass(0, 0), 7).dataset().train().size());
  }

  @Test
  void the_digest_sees_every_pixel_label_and_the_border_of_train_and_test() throws IOException {
    String before = Svhn.in(data).digest();
    assertEquals(before, Svhn.in(data).digest());

    Matrix touched = images(3);
    touched.setByte(3_072 * 3 - 1, (byte) (touched.getByte(3_072 * 3 - 1) + 1));
    write(train, "X", touched, "y", labels(10, 3, 9));
    assertNotEquals(before, Svhn.in(data).digest());

    write(train, "X", images(3), "y", labels(10, 3, 8));
    assertNotEquals(before, Svhn.in(data).digest());

    // The same two images and labels, once both in train and once moved over the border.
    write(train, "X", images(2), "y", labels(1, 1));
    String two = Svhn.in(data).digest();
    write(train, "X", images(1), "y", labels(1));
    assertNotEquals(two, Svhn.in(data).digest());
  }

  @Test
  void a_remembered_digest_lasts_until_a_file_changes() throws IOException {
    Path cache = data.resolve("cache");
    String digest = Svhn.in(data).digest(cache);
    assertEquals(Svhn.in(data).digest(), digest);
    Path remembered = cache.resolve("svhn.digest.json");
    Files.writeString(remembered, Files.readString(remembered).replace(digest, "remembered"));
    DataSource again = Svhn.in(data);
    assertEquals("remembered", again.digest(cache));
    assertEquals(3, again.counts().trainTotal());

    write(train, "X", images(4), "y", labels(1, 2, 3, 4));
    assertEquals(Svhn.in(data).digest(), Svhn.in(data).digest(cache));
  }

  @Test
  void a_single_image_may_have_lost_its_last_dimension() throws IOException {
    Matrix one = Mat5.newMatrix(new int[] {32, 32, 3}, MatlabType.UInt8);
    one.setByte(1, (byte) 77); // row 1 of column 0
    write(test, "X", one, "y", labels(5));
    assertEquals(77, Svhn.in(data).load().test().pixels()[32]);
  }

  @Test
  void missing_files_are_one_sentence_that_says_what_belongs_where() throws IOException {
    Files.delete(test);
    assertRefused(
        "SVHN has no test images: test_32x32.mat"
            + " (http://ufldl.stanford.edu/housenumbers/test_32x32.mat, 64 MB) belongs in "
            + data.resolve("svhn")
            + "; data.fetch = true lets a run fetch what is missing.");
    Files.delete(train);
    assertRefused(
        "SVHN is missing: train_32x32.mat"
            + " (http://ufldl.stanford.edu/housenumbers/train_32x32.mat, 182 MB) and test_32x32.mat"
            + " (http://ufldl.stanford.edu/housenumbers/test_32x32.mat, 64 MB) belong in "
            + data.resolve("svhn")
            + "; data.fetch = true lets a run fetch what is missing.");
  }

  @Test
  void another_set_is_taken_with_a_warning() throws IOException {
    assertEquals(
        List.of(
            "SVHN is not the official set: 3 of 73257 training and 1 of 26032 test images are there and the MD5 of %s, %s differs, so results may differ from published ones"
                .formatted(train, test)),
        Said.by(OfficialSet.class, () -> Svhn.in(data).load()));
  }

  @Test
  void a_set_of_the_official_size_is_judged_by_its_checksums() throws IOException {
    Dataset dataset = Svhn.in(data).load();
    Path folder = data.resolve("svhn");
    OfficialSet size = new OfficialSet("SVHN", 3, 1);
    Download right = Download.of("http://home/", "train_32x32.mat", folder, 1, md5(train));
    Download wrong = Download.of("http://home/", "test_32x32.mat", folder, 1, md5(train));
    assertEquals(
        List.of(
            "SVHN is not the official set: the MD5 of %s differs, so results may differ from published ones"
                .formatted(test)),
        Said.by(
            OfficialSet.class,
            () -> size.compare(dataset.train(), dataset.test(), List.of(right, wrong))));
    assertEquals(
        List.of(),
        Said.by(
            OfficialSet.class,
            () -> size.compare(dataset.train(), dataset.test(), List.of(right))));
  }

  private static String md5(Path file) throws IOException {
    byte[] digest = Cifar10Files.digest("MD5").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }

  @Test
  void a_file_cut_anywhere_is_refused() throws IOException {
    byte[] whole = Files.readAllBytes(test);
    for (int length = 0; length < whole.length; length += 5) {
      Files.write(test, Arrays.copyOf(whole, length));
      DataException refused = assertThrows(DataException.class, () -> Svhn.in(data).digest());
      String sentence = refused.getMessage();
      assertTrue(
          sentence.startsWith(test + " is cut or damaged at or before byte " + length + " (")
              || sentence.startsWith(test + " has no variable "), // cut between two variables
          sentence);
    }
  }

  /** Every variable is compressed, with an Adler-32 at its end, which no other pixel passes. */
  @Test
  void a_flipped_byte_anywhere_in_the_variables_is_refused() throws IOException {
    byte[] whole = Files.readAllBytes(test);
    String digest = Svhn.in(data).digest();
    for (int at = 128; at < whole.length; at += 3) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 0x10;
      Files.write(test, flipped);
      try {
        // flags of the zlib header may differ and change nothing
        assertEquals(digest, Svhn.in(data).digest(), "byte " + at);
      } catch (DataException e) {
        assertTrue(String.valueOf(e.getMessage()).startsWith(test + " "), e.toString());
      }
    }
    whole[whole.length - 1] ^= 1; // the checksum itself
    Files.write(test, whole);
    assertRefused(
        "%s is cut or damaged at or before byte %d (incorrect data check)."
            .formatted(test, whole.length));
  }

  @Test
  void a_folder_in_the_place_of_a_file_is_named() throws IOException {
    Files.delete(train);
    Files.createDirectory(train);
    assertRefused(train + " is a folder; it must be a file.");
  }

  @Test
  void what_is_no_matlab_file_is_refused() throws IOException {
    Files.write(train, new byte[1_000]);
    DataException refused = assertThrows(DataException.class, () -> Svhn.in(data).load());
    assertTrue(
        refused.getMessage().startsWith(train + " is cut or damaged at or before byte 1000 ("),
        refused.getMessage());
  }

  @Test
  void other_variables_are_refused_by_name() throws IOException {
    write(train, "images", images(1), "y", labels(1));
    assertRefused(train + " has no variable X: SVHN has X and y, and this file has images, y.");
    write(train, "X", images(1), "labels", labels(1));
    assertRefused(train + " has no variable y: SVHN has X and y, and this file has X, labels.");
  }

  @Test
  void other_shapes_and_types_are_refused() throws IOException {
    write(train, "X", Mat5.newMatrix(new int[] {28, 28, 1, 2}, MatlabType.UInt8), "y", labels(1));
    assertRefused(train + ": X is uint8 [28, 28, 1, 2], and SVHN has uint8 [32, 32, 3, n].");
    write(train, "X", Mat5.newMatrix(new int[] {32, 32, 3, 1}), "y", labels(1));
    assertRefused(train + ": X is double [32, 32, 3, 1], and SVHN has uint8 [32, 32, 3, n].");
    write(train, "X", images(2), "y", Mat5.newMatrix(1, 2, MatlabType.UInt8));
    assertRefused(train + ": y is uint8 [1, 2], and SVHN has uint8 [n, 1].");
    write(train, "X", Mat5.newString("digits"), "y", labels(1));
    assertRefused(train + ": X is char [1, 6], and SVHN has uint8 [32, 32, 3, n].");
  }

  @Test
  void images_without_labels_and_no_images_are_refused() throws IOException {
    write(train, "X", images(3), "y", labels(1, 2));
    assertRefused(train + " has 3 images in X but 2 labels in y.");
    write(train, "X", images(0), "y", labels());
    assertRefused(train + " has no images.");
  }

  @Test
  void a_label_out_of_range_is_named_with_its_image() throws IOException {
    write(train, "X", images(3), "y", labels(1, 2, 11));
    assertRefused(
        train + " has the label 11 at image 2, counted from 0, and SVHN has the labels 1 to 10.");
    write(train, "X", images(3), "y", labels(0, 2, 1));
    assertRefused(
        train + " has the label 0 at image 0, counted from 0, and SVHN has the labels 1 to 10.");
  }

  @Test
  void the_real_files_are_whole() throws IOException {
    Optional<Path> real =
        Optional.ofNullable(System.getenv("LETHE_DATA"))
            .map(Path::of)
            .filter(folder -> Files.isDirectory(folder.resolve("svhn")));
    assumeTrue(real.isPresent(), "LETHE_DATA names no folder with svhn: real files skipped");
    DataSource source = Svhn.in(real.orElseThrow());
    DataSource.Counts counts = source.counts();
    Dataset dataset = source.load();
    assertEquals(counts.trainTotal(), dataset.train().size());
    assertEquals(counts.testTotal(), dataset.test().size());
    // The official training file begins with 1, 9, 2, 3, 2, 5 and the test file with 5, 2, 1, 0.
    assertArrayEquals(new int[] {1, 9, 2, 3, 2, 5}, Arrays.copyOf(dataset.train().labels(), 6));
    assertArrayEquals(new int[] {5, 2, 1, 0}, Arrays.copyOf(dataset.test().labels(), 4));
    if (counts.trainTotal() == 73_257) {
      assertEquals(
          List.of(4_948, 13_861, 10_585, 8_497, 7_458, 6_882, 5_727, 5_595, 5_045, 4_659),
          counts.train());
    }
    assertTrue(
        source.draw(dataset, perClass(4_500, 0), 1).dataset().train().size() <= 45_000,
        "4,500 of each digit at most");
  }

  private void assertRefused(String sentence) {
    DataException digest = assertThrows(DataException.class, () -> Svhn.in(data).digest());
    assertEquals(sentence, digest.getMessage());
    DataException load = assertThrows(DataException.class, () -> Svhn.in(data).load());
    assertEquals(sentence, load.getMessage());
  }

  private static Settings perClass(int train, int test) {
    return Settings.of(
        Map.of(
            "train-per-class", Integer.toString(train), "test-per-class", Integer.toString(test)));
  }

  private static void write(Path file, String first, Array x, String second, Array y)
      throws IOException {
    try (MatFile content = Mat5.newMatFile().addArray(first, x).addArray(second, y)) {
      Mat5.writeToFile(content, file.toFile());
    }
  }

  /** Every element tells where it stands. */
  private static Matrix images(int count) {
    Matrix images = Mat5.newMatrix(new int[] {32, 32, 3, count}, MatlabType.UInt8);
    for (int n = 0; n < count; n++) {
      for (int c = 0; c < 3; c++) {
        for (int row = 0; row < 32; row++) {
          for (int column = 0; column < 32; column++) {
            images.setByte(new int[] {row, column, c, n}, value(row, column, c, n));
          }
        }
      }
    }
    return images;
  }

  private static byte value(int row, int column, int channel, int image) {
    return (byte) (3 * row + 50 * column + 101 * channel + 13 * image);
  }

  private static Matrix labels(int... digits) {
    Matrix labels = Mat5.newMatrix(digits.length, 1, MatlabType.UInt8);
    for (int i = 0; i < digits.length; i++) {
      labels.setByte(i, (byte) digits[i]);
    }
    return labels;
  }
}
