package lethe.data.source;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;
import lethe.data.Dataset;
import lethe.data.ImageSet;
import lethe.data.source.Cinic10Files.Place;
import lethe.plan.Card;
import lethe.plan.Knob;

/**
 * CINIC-10: 90,000 training and 90,000 test images of the classes of CIFAR-10, drawn from ImageNet
 * and CIFAR-10, one PNG file each; class by class, by file name. The paper does not use the part
 * "valid". Fewer images of a class are accepted, but at least one.
 *
 * <p>Source: L. N. Darlow et al., "CINIC-10 is not ImageNet or CIFAR-10", 2018. Mean and standard
 * deviation are those of the paper's code (get_dataset.py).
 */
final class Cinic10 {
  static final Card CARD =
      new Card(
          "cinic-10",
          "CINIC-10",
          "dataset.cinic-10",
          1,
          List.of(
              Knob.integer("train-per-class", 0, 9_000), Knob.integer("test-per-class", 0, 9_000)),
          Set.of());

  private static final OfficialSize OFFICIAL = new OfficialSize("CINIC-10", 90_000, 90_000);

  private Cinic10() {}

  static DataSource in(Path dataDir) {
    Cinic10Files files = new Cinic10Files(dataDir);
    ScanOnce scan = new ScanOnce(CARD.id(), files::stamp, () -> scan(files));
    return new ScannedSource(
        CARD, scan, () -> counts(files), () -> load(files), files::missing, false);
  }

  /** Counts files and decodes none: 180,000 take a while. */
  private static DataSource.Counts counts(Cinic10Files files) throws IOException {
    int[] train = new int[Cifar10.CLASSES.size()];
    int[] test = new int[Cifar10.CLASSES.size()];
    for (Place place : files.places()) {
      (place.isTest() ? test : train)[place.label()]++;
    }
    return new DataSource.Counts(
        Cifar10.CLASSES, IntStream.of(train).boxed().toList(), IntStream.of(test).boxed().toList());
  }

  private static Dataset load(Cinic10Files files) throws IOException {
    SortedMap<Place, byte[]> pixels = files.read(new PngDecoder()::decode);
    ImageSet train = takeOut(pixels, false);
    ImageSet test = takeOut(pixels, true);
    OFFICIAL.compare(train, test);
    return new Dataset(
        CARD.id(),
        Cifar10.CLASSES,
        new float[] {0.478f, 0.472f, 0.430f},
        new float[] {0.242f, 0.238f, 0.258f},
        train,
        test);
  }

  /** Moves the images of one part into a set: twice in memory they would take 1.1 GB. */
  private static ImageSet takeOut(SortedMap<Place, byte[]> pixels, boolean isTest) {
    int count = (int) pixels.keySet().stream().filter(p -> p.isTest() == isTest).count();
    byte[] all = new byte[count * ImageSet.BYTES];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      Place first = pixels.firstKey(); // training images come first
      labels[i] = first.label();
      byte[] image = pixels.remove(first);
      System.arraycopy(image, 0, all, i * ImageSet.BYTES, ImageSet.BYTES);
    }
    return new ImageSet(all, labels);
  }

  private static Scan scan(Cinic10Files files) throws IOException {
    PngDecoder png = new PngDecoder();
    MessageDigest sha = Census.sha256();
    SortedMap<Place, byte[]> hashes =
        files.read((place, file) -> sha.digest(png.decode(place, file)));
    Census census = new Census(Cifar10.CLASSES.size());
    hashes.forEach((place, hash) -> census.add(place.isTest(), place.label(), hash));
    return census.close();
  }
}
