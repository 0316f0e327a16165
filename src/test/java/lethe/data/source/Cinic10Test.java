package lethe.data.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import lethe.data.DataException;
import lethe.data.Dataset;
import lethe.data.ImageSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cinic10Test {
  private static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private final Path data;

  Cinic10Test(@TempDir Path data) {
    this.data = data;
  }

  @Test
  void images_stand_class_by_class_in_the_order_of_their_names() throws IOException {
    writeFolder();
    Dataset dataset = Cinic10.in(data).load();
    // Each class has a.png; birds have b.png too, written before it.
    assertEquals(
        List.of(0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9),
        Arrays.stream(dataset.train().labels()).boxed().toList());
    assertEquals(10, dataset.test().size());
    assertEquals(CLASSES, dataset.classes());
    // Images 2 and 3 are bird/a.png of shade 2 and bird/b.png of shade 100.
    assertEquals(red(2, 4, 9), dataset.train().pixels()[2 * ImageSet.BYTES + 9 * 32 + 4]);
    assertEquals(red(100, 4, 9), dataset.train().pixels()[3 * ImageSet.BYTES + 9 * 32 + 4]);
  }

  @Test
  void channels_are_planes_of_red_green_and_blue() throws IOException {
    writeFolder();
    byte[] pixels = Cinic10.in(data).load().train().pixels();
    // Pixel x = 4, y = 9 of shade 0: red 4, green 9 and blue 200, as painted below.
    assertEquals(4, pixels[9 * 32 + 4]);
    assertEquals(9, pixels[1_024 + 9 * 32 + 4]);
    assertEquals((byte) 200, pixels[2_048 + 9 * 32 + 4]);
  }

  @Test
  void a_grey_image_has_three_equal_planes_of_what_is_stored() throws IOException {
    writeFolder();
    BufferedImage grey = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(4, 9, 0, 120);
    Files.write(file("train/airplane/a.png"), png(grey));
    byte[] pixels = Cinic10.in(data).load().train().pixels();
    for (int c = 0; c < 3; c++) {
      assertEquals(120, pixels[c * 1_024 + 9 * 32 + 4]);
    }
  }

  @Test
  void a_partial_set_is_counted_by_class_and_other_files_are_no_images() throws IOException {
    writeFolder();
    Files.writeString(file("train/cat/notes.txt"), "none");
    Files.write(file("train/cat/._a.png"), new byte[] {1});
    Files.createDirectories(file("valid/cat"));
    DataSource.Counts counts = Cinic10.in(data).counts();
    assertEquals(List.of(1, 1, 2, 1, 1, 1, 1, 1, 1, 1), counts.train());
    assertEquals(Collections.nCopies(10, 1), counts.test());
    assertEquals(11, Cinic10.in(data).load().train().size());
  }

  @Test
  void the_archive_is_the_same_set_as_the_folder() throws IOException {
    writeFolder();
    DataSource folder = Cinic10.in(data);
    Path other = Files.createDirectory(data.resolve("other"));
    writeArchive(other, "");
    DataSource archived = Cinic10.in(other);
    assertEquals(folder.digest(), archived.digest());
    assertEquals(folder.counts(), archived.counts());
    assertArrayEquals(folder.load().train().pixels(), archived.load().train().pixels());
  }

  @Test
  void a_path_that_leads_out_of_the_archive_writes_nothing() throws IOException {
    writeFolder();
    Path other = Files.createDirectories(data.resolve("deep/other"));
    writeArchive(other, "../../outside/");
    assertEquals(Cinic10.in(data).digest(), Cinic10.in(other).digest());
    assertTrue(Files.notExists(data.resolve("outside")));
  }

  @Test
  void the_digest_sees_pixels_and_classes_but_not_how_they_are_compressed() throws IOException {
    writeFolder();
    String before = Cinic10.in(data).digest();
    byte[] same = png(painted(0, 32, BufferedImage.TYPE_3BYTE_BGR));
    Files.write(file("train/airplane/a.png"), withTail(same));
    assertEquals(before, Cinic10.in(data).digest());

    Files.move(file("train/bird/b.png"), file("train/cat/b.png"));
    assertNotEquals(before, Cinic10.in(data).digest());
    Files.move(file("train/cat/b.png"), file("train/bird/b.png"));
    assertEquals(before, Cinic10.in(data).digest());
    Files.write(file("train/bird/b.png"), png(painted(101, 32, BufferedImage.TYPE_INT_RGB)));
    assertNotEquals(before, Cinic10.in(data).digest());
  }

  @Test
  void a_remembered_digest_lasts_until_a_file_comes_or_changes() throws IOException {
    writeFolder();
    Path cache = data.resolve("cache");
    String digest = Cinic10.in(data).digest(cache);
    assertEquals(Cinic10.in(data).digest(), digest);
    Path remembered = cache.resolve("cinic-10.digest.json");
    Files.writeString(remembered, Files.readString(remembered).replace(digest, "remembered"));
    assertEquals("remembered", Cinic10.in(data).digest(cache));

    Files.copy(file("train/bird/b.png"), file("test/bird/b.png"));
    assertEquals(Cinic10.in(data).digest(), Cinic10.in(data).digest(cache));
    assertNotEquals(digest, Cinic10.in(data).digest(cache));
  }

  @Test
  void a_missing_set_is_one_sentence_that_says_what_belongs_where() {
    assertRefused(
        "CINIC-10 is missing: its folders train and test belong in "
            + data.resolve("CINIC-10")
            + ", or CINIC-10.tar.gz"
            + " (https://datashare.ed.ac.uk/bitstream/handle/10283/3192/CINIC-10.tar.gz, 688 MB) in "
            + data
            + "; data.fetch = true lets a run fetch what is missing.");
  }

  @Test
  void a_missing_and_an_empty_class_folder_are_named() throws IOException {
    writeFolder();
    Files.delete(file("test/horse/a.png"));
    String empty =
        "CINIC-10 has no test images of class horse: " + file("test/horse") + " has no PNG file.";
    assertRefused(empty);
    assertEquals(
        empty, assertThrows(DataException.class, () -> Cinic10.in(data).counts()).getMessage());
    Files.delete(file("test/horse"));
    assertRefused(
        "CINIC-10 has no folder "
            + file("test/horse")
            + ": train and test have one for each of the 10 classes.");
  }

  @Test
  void an_archive_without_a_class_is_refused() throws IOException {
    Path archive = data.resolve("CINIC-10.tar.gz");
    LinkedHashMap<String, byte[]> files = new LinkedHashMap<>();
    files.put("train/airplane/a.png", png(painted(0, 32, BufferedImage.TYPE_INT_RGB)));
    new TarGz(archive).write(files);
    assertRefused(
        "CINIC-10 has no training images of class automobile: "
            + archive
            + "!/train/automobile has no PNG file.");
  }

  @Test
  void an_image_of_another_size_is_named() throws IOException {
    writeFolder();
    Path small = file("train/dog/a.png");
    Files.write(small, png(painted(1, 16, BufferedImage.TYPE_INT_RGB)));
    assertRefused(small + " is 16 x 16 pixels, and must be 32 x 32.");
  }

  @Test
  void an_image_of_other_colours_is_named() throws IOException {
    writeFolder();
    Path file = file("train/dog/a.png");
    Files.write(file, png(painted(1, 32, BufferedImage.TYPE_INT_ARGB)));
    String must = ", and must have three channels (RGB) or one (grey) of 8 bits.";
    assertRefused(file + " has 4 channels of 8 bits" + must);
    Files.write(file, png(new BufferedImage(32, 32, BufferedImage.TYPE_USHORT_GRAY)));
    assertRefused(file + " has 1 channel of 16 bits" + must);
    Files.write(file, png(new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_INDEXED)));
    assertRefused(file + " has a palette" + must);
  }

  @Test
  void a_file_cut_before_its_last_pixel_and_no_png_file_are_named() throws IOException {
    writeFolder();
    Path file = file("test/ship/a.png");
    byte[] whole = Files.readAllBytes(file);
    int end = whole.length - 20; // behind it come checksums and the chunk that says it is the end
    for (int length = 0; length < end; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertDamaged(file + " is cut or damaged, or no PNG file (");
    }
    Files.writeString(file, "<html>not found</html>");
    assertDamaged(file + " is cut or damaged, or no PNG file (");
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 4;
    Files.write(file, flipped);
    assertDamaged(file + " is cut or damaged, or no PNG file (");
  }

  @Test
  void a_set_of_another_size_is_taken_with_a_warning() throws IOException {
    writeFolder();
    assertEquals(
        List.of(
            "CINIC-10 is not the official set: 11 of 90000 training and 10 of 90000 test images are there, so results may differ from published ones"),
        Said.by(OfficialSet.class, () -> Cinic10.in(data).load()));
  }

  @Test
  void an_archive_of_another_checksum_is_taken_and_named_in_a_warning() throws IOException {
    writeArchive(data, "");
    assertEquals(
        List.of(
            "CINIC-10 is not the official set: 11 of 90000 training and 10 of 90000 test images are there and the MD5 of %s differs, so results may differ from published ones"
                .formatted(data.resolve("CINIC-10.tar.gz"))),
        Said.by(OfficialSet.class, () -> Cinic10.in(data).load()));
  }

  @Test
  void an_archive_cut_anywhere_says_so_in_words() throws IOException {
    writeArchive(data, "").assertRefusedWhereverCut(() -> Cinic10.in(data).digest());
  }

  @Test
  void a_folder_in_the_place_of_a_file_is_named() throws IOException {
    Path archive = Files.createDirectory(data.resolve("CINIC-10.tar.gz"));
    assertRefused(archive + " is a folder; it must be a file.");
    writeFolder();
    Path image = Files.createDirectory(file("test/ship/b.png"));
    assertRefused(image + " is a folder; it must be a file.");
  }

  @Test
  void the_real_files_are_whole() throws IOException {
    Optional<Path> real =
        Optional.ofNullable(System.getenv("LETHE_DATA"))
            .map(Path::of)
            .filter(folder -> Files.isDirectory(folder.resolve("CINIC-10")));
    assumeTrue(real.isPresent(), "LETHE_DATA names no folder with CINIC-10: real files skipped");
    DataSource source = Cinic10.in(real.orElseThrow());
    DataSource.Counts counts = source.counts();
    Dataset dataset = source.load();
    assertEquals(counts.trainTotal(), dataset.train().size());
    assertEquals(counts.testTotal(), dataset.test().size());
    for (int i = 1; i < dataset.train().size(); i++) {
      assertTrue(dataset.train().labels()[i - 1] <= dataset.train().labels()[i]);
    }
    // The normalisation of the published set centres any large part of it.
    for (int c = 0; c < ImageSet.CHANNELS; c++) {
      double sum = 0;
      for (int i = 0; i < dataset.train().size(); i++) {
        for (int p = 0; p < 1_024; p++) {
          sum +=
              Byte.toUnsignedInt(dataset.train().pixels()[i * ImageSet.BYTES + c * 1_024 + p])
                  / 255.0;
        }
      }
      assertEquals(dataset.mean()[c], sum / (1_024.0 * dataset.train().size()), 0.03);
    }
  }

  private void assertRefused(String sentence) {
    DataException digest = assertThrows(DataException.class, () -> Cinic10.in(data).digest());
    assertEquals(sentence, digest.getMessage());
    DataException load = assertThrows(DataException.class, () -> Cinic10.in(data).load());
    assertEquals(sentence, load.getMessage());
  }

  private void assertDamaged(String beginning) {
    DataException refused = assertThrows(DataException.class, () -> Cinic10.in(data).load());
    assertTrue(refused.getMessage().startsWith(beginning), refused.getMessage());
    assertTrue(refused.getMessage().endsWith(")."), refused.getMessage());
  }

  private Path file(String path) {
    return data.resolve("CINIC-10").resolve(path);
  }

  private void writeFolder() throws IOException {
    Files.createDirectories(file("train/bird"));
    Files.write(file("train/bird/b.png"), png(painted(100, 32, BufferedImage.TYPE_INT_RGB)));
    for (String part : List.of("train", "test")) {
      for (int label = 0; label < CLASSES.size(); label++) {
        Files.createDirectories(file(part + "/" + CLASSES.get(label)));
        Files.write(
            file(part + "/" + CLASSES.get(label) + "/a.png"),
            png(painted(label, 32, BufferedImage.TYPE_INT_RGB)));
      }
    }
  }

  /** As the archive is offered: in no special order, with a part and files that are not used. */
  private static TarGz writeArchive(Path folder, String before) throws IOException {
    LinkedHashMap<String, byte[]> files = new LinkedHashMap<>();
    files.put(before + "README.md", new byte[] {1});
    for (String part : List.of("valid", "test", "train")) {
      for (int label = CLASSES.size() - 1; label >= 0; label--) {
        files.put(
            before + part + "/" + CLASSES.get(label) + "/a.png",
            png(painted(label, 32, BufferedImage.TYPE_INT_RGB)));
      }
    }
    files.put(before + "train/bird/b.png", png(painted(100, 32, BufferedImage.TYPE_INT_RGB)));
    TarGz archive = new TarGz(folder.resolve("CINIC-10.tar.gz"));
    archive.write(files);
    return archive;
  }

  /** Pixel (x, y) is red x + shade, green y, blue 200. */
  private static BufferedImage painted(int shade, int side, int type) {
    BufferedImage image = new BufferedImage(side, side, type);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        image.setRGB(x, y, 0xFF000000 | (red(shade, x, y) & 0xFF) << 16 | y << 8 | 200);
      }
    }
    return image;
  }

  private static byte red(int shade, int x, int y) {
    return (byte) (x + shade);
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, "png", bytes));
    return bytes.toByteArray();
  }

  /** The same picture in a longer file: bytes behind the end say nothing. */
  private static byte[] withTail(byte[] png) {
    return Arrays.copyOf(png, png.length + 5);
  }
}
