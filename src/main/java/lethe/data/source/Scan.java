package lethe.data.source;

import java.util.List;

/**
 * What one look at every byte of a dataset tells.
 *
 * @param digest see {@link DataSource#digest()}
 * @param train training images, by class id
 * @param test test images, by class id
 */
record Scan(String digest, List<Integer> train, List<Integer> test) {
  Scan {
    train = List.copyOf(train);
    test = List.copyOf(test);
  }

  /**
   * @param classes class names, by class id
   */
  DataSource.Counts counts(List<String> classes) {
    return new DataSource.Counts(classes, train, test);
  }
}
