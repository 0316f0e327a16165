package lethe.data.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import lethe.data.DataException;
import lethe.data.Dataset;
import lethe.data.ImageSet;
import lethe.plan.Settings;
import lethe.plan.Spec;
import org.junit.jupiter.api.Test;

class GlyphsTest {
  @Test
  void the_first_images_are_the_same_on_every_machine() {
    Dataset dataset = new Glyphs(2, 1).load();
    assertEquals(
        "83c7b186e8c19506a20c69003a9a9f187771e07d0b936f304bfd5158b614fd87",
        sha256(dataset.train().pixels()));
    assertEquals(
        "d953eef79c4cf910c934bcb872e211145f1ca6ed974e303f6f3f737e6c8a9b3d",
        sha256(dataset.test().pixels()));
  }

  @Test
  void every_class_has_its_number_and_classes_take_turns() {
    Dataset dataset = new Glyphs(3, 2).load();
    int[] train = dataset.train().labels();
    assertEquals(30, train.length);
    for (int i = 0; i < train.length; i++) {
      assertEquals(i % 10, train[i]);
    }
    assertEquals(20, dataset.test().size());
    assertEquals(10, dataset.classes().size());
    assertEquals(Collections.nCopies(10, 3), new Glyphs(3, 2).counts().train());
  }

  @Test
  void more_images_begin_with_the_fewer() {
    byte[] few = new Glyphs(2, 1).load().train().pixels();
    byte[] many = new Glyphs(4, 1).load().train().pixels();
    assertArrayEquals(few, Arrays.copyOf(many, few.length));
  }

  @Test
  void no_two_images_are_alike_not_even_over_train_and_test() {
    Dataset dataset = new Glyphs(20, 20).load();
    Set<String> seen = new HashSet<>();
    for (ImageSet images : new ImageSet[] {dataset.train(), dataset.test()}) {
      for (int i = 0; i < images.size(); i++) {
        seen.add(sha256(images.take(new int[] {i}).pixels()));
      }
    }
    assertEquals(400, seen.size());
  }

  @Test
  void the_normalised_values_are_centred() {
    Dataset dataset = new Glyphs(40, 1).load();
    for (int c = 0; c < ImageSet.CHANNELS; c++) {
      double sum = 0;
      double squares = 0;
      int n = 0;
      for (int i = 0; i < dataset.train().size(); i++) {
        for (int p = 0; p < 1_024; p++) {
          int pixel =
              Byte.toUnsignedInt(dataset.train().pixels()[i * ImageSet.BYTES + c * 1_024 + p]);
          double x = (pixel / 255.0 - dataset.mean()[c]) / dataset.std()[c];
          sum += x;
          squares += x * x;
          n++;
        }
      }
      assertEquals(0, sum / n, 0.1); // 400 images: a standard error of about 0.03
      assertEquals(1, squares / n, 0.15);
    }
  }

  @Test
  void shapes_are_where_they_should_be() {
    // Distances at the centre: full shapes are negative there, hollow ones positive.
    assertTrue(GlyphShape.CIRCLE.distance(0, 0, 0.2) < 0);
    assertEquals(0.46, GlyphShape.RING.distance(0, 0, 0.2), 1e-12); // 0.66 - 0.2
    assertTrue(GlyphShape.FRAME.distance(0, 0, 0.2) > 0);
    assertTrue(GlyphShape.ARC.distance(0.66, 0, 0.2) > 0); // its opening
    assertTrue(GlyphShape.ARC.distance(-0.66, 0, 0.2) < 0);
    // Five arms: one up, and by a fifth of a turn the next; between two arms it is empty.
    for (int arm = 0; arm < 5; arm++) {
      double angle = StrictMath.PI * (0.5 + 0.4 * arm);
      double between = angle + StrictMath.PI / 5;
      double far = 0.8;
      assertTrue(GlyphShape.STAR.distance(far * Math.cos(angle), far * Math.sin(angle), 0) < 0);
      assertTrue(
          GlyphShape.STAR.distance(far * Math.cos(between), far * Math.sin(between), 0) > 0.2);
    }
  }

  @Test
  void the_catalogue_opens_what_its_cards_name() {
    Settings settings = Settings.of(Map.of("train-per-class", "1", "test-per-class", "1"));
    Sources.CARDS.forEach(
        card ->
            assertEquals(
                card.id(),
                Sources.open(new Spec(card.id(), settings, new TreeMap<>()), Path.of("data"))
                    .id()));
    DataException refused =
        assertThrows(
            DataException.class,
            () -> Sources.open(new Spec("mnist", settings, new TreeMap<>()), Path.of("data")));
    assertEquals(
        "There is no dataset \"mnist\"; there are glyphs, cifar-10, svhn, cinic-10, own.",
        refused.getMessage());
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Cifar10Files.digest("SHA-256").digest(bytes));
  }
}
