package lethe.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import lethe.kernel.array.Draws;
import lethe.plan.Seeds;

/**
 * A dataset of fewer images per class.
 *
 * @param dataset the chosen images, in their original order
 * @param trainPositions where each training image stands in the whole training set, ascending
 * @param testPositions where each test image stands in the whole test set, ascending
 */
public record Subset(Dataset dataset, int[] trainPositions, int[] testPositions) {
  /**
   * Chooses images of each class by chance; 0 takes all there are. The choice depends on the
   * dataset's id and the seed, and the choice of test images not on that of training images.
   *
   * @throws DataException when a class has fewer images; names it and its size
   */
  public static Subset draw(Dataset whole, int trainPerClass, int testPerClass, long seed) {
    requireEnough(whole, whole.train(), trainPerClass, "train");
    requireEnough(whole, whole.test(), testPerClass, "test");
    return drawAtMost(whole, trainPerClass, testPerClass, seed);
  }

  /** Like {@link #draw}, but takes all images of a class that has fewer. */
  public static Subset drawAtMost(Dataset whole, int trainPerClass, int testPerClass, long seed) {
    int[] train = positions(whole, whole.train(), trainPerClass, seed, "train");
    int[] test = positions(whole, whole.test(), testPerClass, seed, "test");
    ImageSet trainImages =
        train.length == whole.train().size() ? whole.train() : whole.train().take(train);
    ImageSet testImages =
        test.length == whole.test().size() ? whole.test() : whole.test().take(test);
    return new Subset(
        new Dataset(
            whole.id(), whole.classes(), whole.mean(), whole.std(), trainImages, testImages),
        train,
        test);
  }

  private static int[] positions(
      Dataset whole, ImageSet images, int perClass, long seed, String part) {
    if (perClass == 0) {
      return IntStream.range(0, images.size()).toArray();
    }
    Draws draws = new Draws(Seeds.of(whole.id(), seed, "subset-" + part));
    int[][] byClass = positionsByClass(images.labels(), whole.classes().size());
    int[] chosen = new int[images.size()];
    int count = 0;
    for (int[] ofClass : byClass) {
      int[] drawn = draws.sample(ofClass, perClass); // all, where there are not more
      System.arraycopy(drawn, 0, chosen, count, drawn.length);
      count += drawn.length;
    }
    Arrays.sort(chosen, 0, count);
    return Arrays.copyOf(chosen, count);
  }

  private static void requireEnough(Dataset whole, ImageSet images, int perClass, String part) {
    int[][] byClass = positionsByClass(images.labels(), whole.classes().size());
    for (int c = 0; c < byClass.length; c++) {
      if (byClass[c].length < perClass) {
        throw tooFew(whole.id(), whole.classes(), c, part, byClass[c].length, perClass);
      }
    }
  }

  private static DataException tooFew(
      String dataset, List<String> classes, int c, String part, int size, int asked) {
    return new DataException(
        String.format(
            "%s has %,d %s images of class %d (%s), and %s-per-class asks for %,d.",
            dataset, size, part, c, classes.get(c), part, asked));
  }

  /** The positions of each class, ascending. */
  static int[][] positionsByClass(int[] labels, int classes) {
    int[] sizes = new int[classes];
    for (int label : labels) {
      sizes[label]++;
    }
    int[][] positions = new int[classes][];
    for (int c = 0; c < classes; c++) {
      positions[c] = new int[sizes[c]];
    }
    int[] filled = new int[classes];
    for (int i = 0; i < labels.length; i++) {
      positions[labels[i]][filled[labels[i]]++] = i;
    }
    return positions;
  }
}
