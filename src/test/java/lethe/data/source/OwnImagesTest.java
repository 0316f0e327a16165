package lethe.data.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import lethe.data.DataException;
import lethe.data.Dataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnImagesTest {
  private final Path data;

  OwnImagesTest(@TempDir Path data) {
    this.data = data;
  }

  private void write(String path, int side, int rgb) throws IOException {
    Path file = data.resolve("own").resolve(path);
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        image.setRGB(x, y, rgb);
      }
    }
    ImageIO.write(image, "png", file.toFile());
  }

  private void two() throws IOException {
    write("train/oak/1.png", 32, 0x000000);
    write("train/ash/1.png", 32, 0xff3366);
    write("train/ash/2.png", 32, 0xff3366);
    write("train/ash/3.png", 32, 0xff3366);
    write("test/oak/1.png", 32, 0xffffff);
    write("test/ash/1.png", 32, 0xffffff);
  }

  private String refusal() {
    return String.valueOf(
        assertThrows(DataException.class, () -> OwnImages.in(data).load()).getMessage());
  }

  @Test
  void classes_are_the_folders_in_the_order_of_their_names() throws IOException {
    two();
    Files.createDirectories(data.resolve("own/train/.cache"));
    Dataset own = OwnImages.in(data).load();
    assertEquals(List.of("ash", "oak"), own.classes());
    assertArrayEquals(new int[] {0, 0, 0, 1}, own.train().labels());
    assertArrayEquals(new int[] {0, 1}, own.test().labels());
    assertEquals(List.of(3, 1), OwnImages.in(data).counts().train());
  }

  /** Red is 1, 1, 1, 0: mean 3/4, sd √(3/16); green a fifth and blue two fifths of that. */
  @Test
  void mean_and_deviation_are_those_of_the_training_images() throws IOException {
    two();
    Dataset own = OwnImages.in(data).load();
    assertArrayEquals(new float[] {0.75f, 0.15f, 0.3f}, own.mean(), 1e-6f);
    float sd = (float) Math.sqrt(3 / 16.0);
    assertArrayEquals(new float[] {sd, sd / 5, sd * 2 / 5}, own.std(), 1e-6f);
  }

  @Test
  void the_digest_sees_what_changes() throws IOException {
    two();
    String before = OwnImages.in(data).digest();
    assertEquals(before, OwnImages.in(data).digest());
    write("test/oak/1.png", 32, 0xfefefe);
    assertNotEquals(before, OwnImages.in(data).digest());
  }

  @Test
  void what_is_missing_or_wrong_is_said() throws IOException {
    assertEquals(
        "Own images are missing: PNG files of 32 x 32 pixels belong in %s/train/CLASS and %s/test/CLASS."
            .formatted(data.resolve("own"), data.resolve("own")),
        refusal());
    write("train/ash/1.png", 32, 0xff3366);
    assertEquals(
        data.resolve("own/train")
            + " has 1 folders; it must have one for each class, from 2 to 256.",
        refusal());
    write("train/oak/1.png", 32, 0);
    write("test/ash/1.png", 32, 0);
    assertEquals(
        "The dataset own has no folder %s: train and test have one for each of the 2 classes."
            .formatted(data.resolve("own/test/oak")),
        refusal());
    Files.createDirectories(data.resolve("own/test/oak"));
    assertEquals(
        "The dataset own has no test images of class oak: %s/test/oak has no PNG file."
            .formatted(data.resolve("own")),
        refusal());
    write("test/oak/1.png", 28, 0);
    assertEquals(
        data.resolve("own/test/oak/1.png") + " is 28 x 28 pixels, and must be 32 x 32.", refusal());
    Files.writeString(data.resolve("own/test/oak/1.png"), "text");
    assertEquals(
        data.resolve("own/test/oak/1.png") + " is cut or damaged, or no PNG file",
        refusal().replaceAll(" \\(.*", ""));
  }

  @Test
  void images_that_are_passed_over_are_told() throws IOException {
    two();
    assertEquals(List.of(), Said.by(OwnImages.class, () -> OwnImages.in(data).load()));
    write("test/elm/1.png", 32, 0);
    Files.writeString(data.resolve("own/train/ash/b.JPG"), "");
    Files.writeString(data.resolve("own/train/ash/a.jpeg"), "");
    Files.writeString(data.resolve("own/train/ash/.c.jpeg"), "");
    Files.writeString(data.resolve("own/train/ash/notes.txt"), "");
    assertEquals(
        List.of(
            "2 images in %s are passed over, such as a.jpeg: images must be PNG files."
                .formatted(data.resolve("own/train/ash")),
            "%s is passed over: there is no folder elm to train on."
                .formatted(data.resolve("own/test/elm"))),
        Said.by(OwnImages.class, () -> OwnImages.in(data).load()));
  }

  @Test
  void few_levels_of_grey_are_no_palette() throws IOException {
    two();
    BufferedImage grey = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_BINARY);
    ImageIO.write(grey, "png", data.resolve("own/test/oak/1.png").toFile());
    assertEquals(
        data.resolve("own/test/oak/1.png")
            + " has 1 channel of 1 bit, and must have three channels (RGB) or one (grey) of 8 bits.",
        refusal());
    IndexColorModel colours =
        new IndexColorModel(2, 3, new byte[] {0, 9, 1}, new byte[] {0, 1, 9}, new byte[] {0, 9, 9});
    BufferedImage palette = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_BINARY, colours);
    ImageIO.write(palette, "png", data.resolve("own/test/oak/1.png").toFile());
    assertTrue(refusal().contains(" has a palette, and must"), refusal());
  }

  @Test
  void a_folder_without_permission_is_not_called_missing() throws IOException {
    two();
    Path own = data.resolve("own");
    Set<PosixFilePermission> before = Files.getPosixFilePermissions(own);
    try {
      Files.setPosixFilePermissions(own, Set.of());
      assumeFalse(Files.isExecutable(own), "whoever runs this may do anything");
      assertEquals(own + " cannot be looked into: no permission.", refusal());
    } finally {
      Files.setPosixFilePermissions(own, before);
    }
  }

  @Test
  void images_of_one_colour_cannot_be_normalised() throws IOException {
    two();
    write("train/oak/1.png", 32, 0xff0000);
    assertEquals(
        "All training images in "
            + data.resolve("own")
            + " have the same red in every pixel: nothing can be learnt.",
        refusal());
  }
}
