package lethe.data.source;

import java.util.List;
import lethe.data.ImageSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many images a dataset has as it was published. Fewer are welcome, and said. */
record OfficialSize(String title, int train, int test) {
  private static final Logger LOG = LoggerFactory.getLogger(OfficialSize.class);

  void compare(ImageSet foundTrain, ImageSet foundTest) {
    compare(foundTrain, foundTest, List.of());
  }

  /**
   * @param missing files that the official set has
   */
  void compare(ImageSet foundTrain, ImageSet foundTest, List<String> missing) {
    if (foundTrain.size() != train || foundTest.size() != test) {
      LOG.warn(
          "{} is not the official set: {} of {} training and {} of {} test images are there{}, so"
              + " results may differ from published ones",
          title,
          foundTrain.size(),
          train,
          foundTest.size(),
          test,
          missing.isEmpty() ? "" : " without " + String.join(", ", missing));
    }
  }
}
