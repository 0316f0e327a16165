package lethe.data.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import lethe.data.Dataset;
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

  private static final OfficialSet OFFICIAL = new OfficialSet("CINIC-10", 90_000, 90_000);

  private Cinic10() {}

  static DataSource in(Path dataDir) {
    Cinic10Files files = new Cinic10Files(dataDir);
    ScanOnce scan = new ScanOnce(CARD.id(), files::stamp, files::scan);
    return new ScannedSource(CARD, scan, files::counts, () -> load(files), files::missing, false);
  }

  private static Dataset load(Cinic10Files files) throws IOException {
    PngFiles.Images images = files.images();
    OFFICIAL.compare(images.train(), images.test(), files.withChecksum());
    return new Dataset(
        CARD.id(),
        Cifar10.CLASSES,
        new float[] {0.478f, 0.472f, 0.430f},
        new float[] {0.242f, 0.238f, 0.258f},
        images.train(),
        images.test());
  }
}
