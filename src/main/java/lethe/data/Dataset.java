package lethe.data;

import java.util.List;

/**
 * Images to train on, images to test on, and how to normalise them: (pixel / 255 - mean) / std per
 * channel.
 *
 * @param id name in the catalogue
 * @param classes class names, by class id
 * @param mean per channel, of pixels scaled to [0, 1]
 * @param std per channel, of pixels scaled to [0, 1]
 */
public record Dataset(
    String id, List<String> classes, float[] mean, float[] std, ImageSet train, ImageSet test) {
  public Dataset {
    classes = List.copyOf(classes);
  }
}
