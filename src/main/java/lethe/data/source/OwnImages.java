package lethe.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import lethe.data.DataException;
import lethe.data.Dataset;
import lethe.data.ImageSet;
import lethe.plan.Card;
import lethe.plan.Knob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user's own images: PNG files of 32 x 32 pixels in {@code own/train/CLASS} and {@code
 * own/test/CLASS}; class ids go by the sorted names of the folders in {@code train}. Mean and
 * standard deviation are those of all training images, channel by channel.
 */
final class OwnImages {
  static final Card CARD =
      new Card(
          "own",
          "Own images",
          "dataset.own",
          1,
          List.of(
              Knob.integer("train-per-class", 0, 1_000_000),
              Knob.integer("test-per-class", 0, 1_000_000)),
          Set.of());

  private static final Logger LOG = LoggerFactory.getLogger(OwnImages.class);
  private static final List<String> OTHER_IMAGES =
      List.of(".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff");
  private static final int MOST = 256; // classes: a label is a byte of the digest
  private static final int LEVELS = 256; // of a channel of a pixel

  private OwnImages() {}

  static DataSource in(Path dataDir) {
    Path folder = dataDir.resolve("own");
    ScanOnce scan =
        new ScanOnce(CARD.id(), () -> files(folder).stamp(), () -> files(folder).scan());
    return new ScannedSource(
        CARD, scan, () -> files(folder).counts(), () -> load(files(folder)), List::of, false);
  }

  private static PngFolders files(Path folder) throws IOException {
    return new PngFolders("The dataset own", folder, classes(folder.resolve("train")));
  }

  private static List<String> classes(Path train) throws IOException {
    Intake.requireOpen(train);
    if (!Files.isDirectory(train)) {
      throw new DataException(
          "Own images are missing: PNG files of 32 x 32 pixels belong in %s/CLASS and %s/CLASS."
              .formatted(train, train.resolveSibling("test")));
    }
    try (Stream<Path> folders = Files.list(train)) {
      List<String> classes =
          folders
              .filter(Files::isDirectory)
              .map(folder -> folder.getFileName().toString())
              .filter(name -> !name.startsWith("."))
              .sorted()
              .toList();
      if (classes.size() < 2 || classes.size() > MOST) {
        throw new DataException(
            "%s has %d folders; it must have one for each class, from 2 to %d."
                .formatted(train, classes.size(), MOST));
      }
      return classes;
    }
  }

  private static Dataset load(PngFolders files) throws IOException {
    PngFiles.Images images = files.images();
    passedOver(files).forEach(LOG::warn);
    float[] mean = new float[ImageSet.CHANNELS];
    float[] std = new float[ImageSet.CHANNELS];
    for (int channel = 0; channel < ImageSet.CHANNELS; channel++) {
      long[] counts = histogram(images.train(), channel);
      mean[channel] = (float) moment(counts, 0, 1);
      std[channel] = (float) Math.sqrt(moment(counts, moment(counts, 0, 1), 2));
      if (std[channel] == 0) {
        throw new DataException(
            "All training images in %s have the same %s in every pixel: nothing can be learnt."
                .formatted(files.folder(), List.of("red", "green", "blue").get(channel)));
      }
    }
    return new Dataset(CARD.id(), files.classes(), mean, std, images.train(), images.test());
  }

  /** A sentence for each folder that has images which are not used. */
  private static List<String> passedOver(PngFolders files) throws IOException {
    List<String> sentences = new ArrayList<>();
    for (String part : PngFiles.PARTS) {
      for (Path ofClass : listed(files.folder().resolve(part))) {
        String name = ofClass.getFileName().toString();
        if (Files.isDirectory(ofClass) && !name.startsWith(".")) {
          List<Path> others =
              listed(ofClass).stream().filter(OwnImages::isImageOfAnotherKind).toList();
          if (!files.classes().contains(name)) {
            sentences.add(
                ofClass + " is passed over: there is no folder " + name + " to train on.");
          } else if (!others.isEmpty()) {
            sentences.add(
                "%d images in %s are passed over, such as %s: images must be PNG files."
                    .formatted(others.size(), ofClass, others.get(0).getFileName()));
          }
        }
      }
    }
    return sentences;
  }

  private static boolean isImageOfAnotherKind(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return !name.startsWith(".") && OTHER_IMAGES.stream().anyMatch(name::endsWith);
  }

  private static List<Path> listed(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** How often each level stands in a channel: the same whatever the order of the images. */
  private static long[] histogram(ImageSet images, int channel) {
    long[] counts = new long[LEVELS];
    int plane = ImageSet.SIDE * ImageSet.SIDE;
    for (int image = 0; image < images.size(); image++) {
      int from = image * ImageSet.BYTES + channel * plane;
      for (int i = from; i < from + plane; i++) {
        counts[Byte.toUnsignedInt(images.pixels()[i])]++;
      }
    }
    return counts;
  }

  /** Mean of (level / 255 - centre)^power. */
  private static double moment(long[] counts, double centre, int power) {
    double sum = 0;
    long pixels = 0;
    for (int level = 0; level < LEVELS; level++) {
      sum += counts[level] * Math.pow(level / (LEVELS - 1.0) - centre, power);
      pixels += counts[level];
    }
    return sum / pixels;
  }
}
