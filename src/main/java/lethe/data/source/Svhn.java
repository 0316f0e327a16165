package lethe.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lethe.data.DataException;
import lethe.data.Dataset;
import lethe.data.ImageSet;
import lethe.plan.Card;
import lethe.plan.Knob;

/**
 * SVHN, cropped digits: 73,257 training and 26,032 test photographs of house numbers, class id the
 * digit, in their official order. Classes have different sizes, so the settings say how many images
 * of a class are taken <em>at most</em>; the paper takes 4,500. Fewer images are accepted. The
 * additional "extra" images are not used.
 *
 * <p>Source: Y. Netzer et al., "Reading Digits in Natural Images with Unsupervised Feature
 * Learning", 2011. Mean and standard deviation are those of the paper's code (get_dataset.py).
 */
final class Svhn {
  static final Card CARD =
      new Card(
          "svhn",
          "SVHN",
          "dataset.svhn",
          1,
          List.of(
              Knob.integer("train-per-class", 0, 13_861), // digit 1 has most
              Knob.integer("test-per-class", 0, 5_099)),
          Set.of());

  private static final List<String> CLASSES =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  private static final OfficialSet OFFICIAL = new OfficialSet("SVHN", 73_257, 26_032);
  private static final String HOME = "http://ufldl.stanford.edu/housenumbers/";

  private final Path folder;
  private final Download trainFile;
  private final Download testFile;

  private Svhn(Path folder) {
    this.folder = folder;
    this.trainFile =
        Download.of(
            HOME, "train_32x32.mat", folder, 182_040_794, "e26dedcc434d2e4c54c9b2d4a06d8373");
    this.testFile =
        Download.of(HOME, "test_32x32.mat", folder, 64_275_384, "eb5a983be6a315427106f1b164d9cef3");
  }

  static DataSource in(Path dataDir) {
    Svhn svhn = new Svhn(dataDir.resolve("svhn"));
    ScanOnce scan = new ScanOnce(CARD.id(), svhn::stamp, svhn::everyImage);
    return new ScannedSource(
        CARD, scan, () -> scan.get().counts(CLASSES), svhn::load, svhn::missing, true);
  }

  private String stamp() throws IOException {
    return ScanCache.stampOf(List.of(trainFile.place(), testFile.place()));
  }

  private Dataset load() throws IOException {
    requireFiles();
    ImageSet train = SvhnFile.read(trainFile.place()).images();
    ImageSet test = SvhnFile.read(testFile.place()).images();
    OFFICIAL.compare(train, test, List.of(trainFile, testFile));
    return new Dataset(
        CARD.id(),
        CLASSES,
        new float[] {0.4377f, 0.4438f, 0.4728f},
        new float[] {0.1980f, 0.2010f, 0.1970f},
        train,
        test);
  }

  private Scan everyImage() throws IOException {
    requireFiles();
    Census census = new Census(CLASSES.size());
    add(SvhnFile.read(trainFile.place()), false, census);
    add(SvhnFile.read(testFile.place()), true, census);
    return census.close();
  }

  private static void add(SvhnFile file, boolean isTest, Census census) {
    MessageDigest sha = Census.sha256();
    byte[] pixels = new byte[ImageSet.BYTES];
    for (int i = 0; i < file.size(); i++) {
      file.copy(i, pixels, 0);
      census.add(isTest, file.label(i), sha.digest(pixels));
    }
  }

  private List<Download> missing() {
    return Stream.of(trainFile, testFile).filter(file -> !Files.exists(file.place())).toList();
  }

  private void requireFiles() {
    Intake.requireOpen(folder);
    List<Download> missing = missing();
    if (!missing.isEmpty()) {
      String files = String.join(" and ", missing.stream().map(Download::offer).toList());
      throw new DataException(
          "SVHN %s: %s %s in %s; %s."
              .formatted(
                  missing.size() == 2
                      ? "is missing"
                      : "has no %s images"
                          .formatted(missing.contains(testFile) ? "test" : "training"),
                  files,
                  missing.size() == 2 ? "belong" : "belongs",
                  folder,
                  Download.PERMISSION));
    }
  }
}
