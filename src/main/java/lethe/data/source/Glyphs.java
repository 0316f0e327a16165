package lethe.data.source;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import lethe.data.Dataset;
import lethe.data.ImageSet;
import lethe.plan.Card;
import lethe.plan.Knob;
import lethe.plan.Settings;

/**
 * Synthetic images: ten shapes in many poses, colours and surroundings, drawn here. They need no
 * download and are the same on every machine. They are hard through similar shapes, pose, colour,
 * clutter and noise, never through wrong labels, so that a small network learns its training images
 * by heart and does worse on the test images: what forgetting and membership need.
 *
 * <p>Image i of a class is always the same; the settings choose how many are drawn, classes taking
 * turns.
 */
final class Glyphs implements DataSource {
  private static final int MOST = 5_000; // training or test images of one class

  static final Card CARD =
      new Card(
          "glyphs",
          "Glyphs",
          "dataset.glyphs",
          1,
          List.of(
              Knob.integer("train-per-class", 1, MOST), Knob.integer("test-per-class", 1, MOST)),
          Set.of());

  private final int trainPerClass;
  private final int testPerClass;

  Glyphs(int trainPerClass, int testPerClass) {
    this.trainPerClass = trainPerClass;
    this.testPerClass = testPerClass;
  }

  static Glyphs of(Settings settings) {
    return new Glyphs(settings.integer("train-per-class"), settings.integer("test-per-class"));
  }

  @Override
  public String id() {
    return CARD.id();
  }

  /** Any number of images follows from the version of the drawing code alone. */
  @Override
  public String digest() {
    String text = CARD.id() + "\n" + CARD.version();
    return HexFormat.of()
        .formatHex(Cifar10Files.digest("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public Counts counts() {
    int classes = GlyphShape.NAMES.size();
    return new Counts(
        GlyphShape.NAMES,
        Collections.nCopies(classes, trainPerClass),
        Collections.nCopies(classes, testPerClass));
  }

  @Override
  public Dataset load() {
    return new Dataset(
        id(),
        GlyphShape.NAMES,
        new float[] {0.33f, 0.34f, 0.32f}, // of 2,000 training images, rounded
        new float[] {0.21f, 0.22f, 0.21f},
        draw("train", trainPerClass),
        draw("test", testPerClass));
  }

  private static ImageSet draw(String part, int perClass) {
    int classes = GlyphShape.NAMES.size();
    int[] labels = new int[classes * perClass];
    byte[] pixels = new byte[labels.length * ImageSet.BYTES];
    for (int n = 0; n < labels.length; n++) {
      labels[n] = n % classes;
      GlyphPainter.paint(part, labels[n], n / classes, pixels, n * ImageSet.BYTES);
    }
    return new ImageSet(pixels, labels);
  }
}
