package lethe.data.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import lethe.data.ImageSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A dataset as it was published. Fewer images and other files are welcome, and said. */
record OfficialSet(String title, int train, int test) {
  private static final Logger LOG = LoggerFactory.getLogger(OfficialSet.class);

  /**
   * Warns where something differs.
   *
   * @param files what the images were read from, each with its published checksum; none where only
   *     the archive has one and they were unpacked before
   */
  void compare(ImageSet foundTrain, ImageSet foundTest, List<Download> files) throws IOException {
    List<String> others = new ArrayList<>();
    for (Download file : files) {
      if (!Fetch.md5(file.place()).equals(file.md5())) {
        others.add(file.place().toString());
      }
    }
    compare(foundTrain, foundTest, List.of(), others);
  }

  /**
   * Warns where something differs.
   *
   * @param missing files of the set that are not there
   * @param others files whose checksum is not the published one
   */
  void compare(ImageSet foundTrain, ImageSet foundTest, List<String> missing, List<String> others) {
    List<String> differences = new ArrayList<>();
    if (foundTrain.size() != train || foundTest.size() != test) {
      String without = missing.isEmpty() ? "" : " without " + String.join(", ", missing);
      differences.add(
          "%d of %d training and %d of %d test images are there%s"
              .formatted(foundTrain.size(), train, foundTest.size(), test, without));
    }
    if (!others.isEmpty()) {
      differences.add("the MD5 of %s differs".formatted(String.join(", ", others)));
    }
    if (!differences.isEmpty()) {
      LOG.warn(
          "{} is not the official set: {}, so results may differ from published ones",
          title,
          String.join(" and ", differences));
    }
  }
}
