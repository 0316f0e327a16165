package lethe.data;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import lethe.kernel.array.Draws;
import lethe.plan.Card;
import lethe.plan.IndexList;
import lethe.plan.Knob;
import lethe.plan.Scenario;
import lethe.plan.Seeds;
import lethe.plan.Settings;

/**
 * Splits a dataset for one scenario: the training set into F and R, the test set into T and E.
 *
 * <p>T is the first int(fraction * n) of a random order of the test images, E the rest; they depend
 * on (dataset, seed) alone, so that every scenario, method and recipe of a seed is scored on the
 * same images. F of {@code uniform} is the first int(fraction * N) of a random order of the
 * training images, not stratified by class; F of {@code random-class} is every image of one class,
 * each class with images being as likely. Later rounds draw from what is left, the same share of it
 * or another class; T and E are those of the first.
 *
 * <p>Source: the official code, unlearn.py, cond_unlearn.py and multiround_unlearn.py.
 * <b>Departures:</b> the official code has no seed; here everything is a function of the seed, and
 * F also of scenario and round.
 */
public final class Splitter {
  private static final String UNSEEN_FRACTION = "unseen-fraction";

  public static final Card CARD =
      new Card(
          "split",
          "Split",
          "split",
          1,
          List.of(Knob.number(UNSEEN_FRACTION, 0.001, 0.999)),
          Set.of());

  private Splitter() {}

  /**
   * @param subset the sub-sampled dataset; the positions of the result count inside it
   * @param round 0-based
   * @param settings the fraction of the test images that goes to T: {@code unseen-fraction}
   * @throws DataException when a listed class or image is unknown, or when F, R, T or E would be
   *     empty; F of {@code none} may be
   */
  public static ForgetSplit split(
      Subset subset, Scenario scenario, int round, long seed, Settings settings) {
    Dataset dataset = subset.dataset();
    int images = dataset.train().size();
    int[] test =
        new Draws(Seeds.of(dataset.id(), seed, "unseen")).permutation(dataset.test().size());
    int unseen = unseen(test.length, settings);
    boolean[] gone = new boolean[images];
    int[] forget = forget(subset, scenario, gone, 0, seed);
    for (int r = 1; r <= round; r++) {
      mark(forget, gone);
      forget = forget(subset, scenario, gone, r, seed);
    }
    int[] earlier = positions(gone);
    mark(forget, gone);
    ForgetSplit split =
        new ForgetSplit(
            forget,
            IntStream.range(0, images).filter(i -> !gone[i]).toArray(),
            sorted(test, 0, unseen),
            sorted(test, unseen, test.length),
            earlier);
    if (!(scenario instanceof Scenario.None)) {
      requireImages(dataset, scenario, "forget set F", split.forget(), images);
    }
    requireImages(dataset, scenario, "retain set R", split.retain(), images);
    requireImages(dataset, scenario, "unseen set T", split.unseen(), test.length);
    requireImages(dataset, scenario, "evaluation set E", split.evaluation(), test.length);
    return split;
  }

  /** |T|, of {@code test} test images. */
  public static int unseen(int test, Settings settings) {
    return (int) (settings.number(UNSEEN_FRACTION) * test);
  }

  /** |F| of a uniform share, of {@code train} training images. */
  public static int forgotten(Scenario.Uniform uniform, int train) {
    return (int) (uniform.fraction() * train);
  }

  /** F of one round, ascending, from what is not {@code gone}. */
  private static int[] forget(
      Subset subset, Scenario scenario, boolean[] gone, int round, long seed) {
    Dataset dataset = subset.dataset();
    int[] left = IntStream.range(0, gone.length).filter(i -> !gone[i]).toArray();
    int[] labels = dataset.train().labels();
    Draws draws = new Draws(Seeds.of(dataset.id(), seed, "forget", scenario.id(), round));
    if (scenario instanceof Scenario.None) {
      return new int[0];
    }
    if (scenario instanceof Scenario.File file) {
      return listedImages(subset, file.list());
    }
    if (scenario instanceof Scenario.Uniform uniform) {
      int[] order = draws.permutation(left.length);
      return Arrays.stream(order, 0, forgotten(uniform, left.length))
          .map(i -> left[i])
          .sorted()
          .toArray();
    }
    boolean[] classes =
        scenario instanceof Scenario.Classes listed
            ? listedClasses(dataset, listed)
            : randomClass(dataset, left, draws);
    return Arrays.stream(left).filter(i -> classes[labels[i]]).toArray();
  }

  private static boolean[] randomClass(Dataset dataset, int[] left, Draws draws) {
    boolean[] chosen = new boolean[dataset.classes().size()];
    int[] labels = dataset.train().labels();
    int[] present = Arrays.stream(left).map(i -> labels[i]).distinct().sorted().toArray();
    if (present.length > 0) {
      chosen[present[draws.nextInt(present.length)]] = true;
    }
    return chosen;
  }

  /** Where the listed images are in the sub-sample; what it has not drawn cannot be forgotten. */
  private static int[] listedImages(Subset subset, IndexList list) {
    int[] listed = list.indices();
    Arrays.sort(listed);
    int[] positions = subset.trainPositions();
    return IntStream.range(0, positions.length)
        .filter(i -> Arrays.binarySearch(listed, positions[i]) >= 0)
        .toArray();
  }

  private static boolean[] listedClasses(Dataset dataset, Scenario.Classes listed) {
    boolean[] chosen = new boolean[dataset.classes().size()];
    for (int id : listed.classes()) {
      if (id < 0 || id >= chosen.length) {
        throw new DataException(
            String.format(
                "Scenario %s names class %d, and %s has the classes 0 to %d.",
                listed.id(), id, dataset.id(), chosen.length - 1));
      }
      chosen[id] = true;
    }
    return chosen;
  }

  private static void mark(int[] images, boolean[] gone) {
    for (int image : images) {
      gone[image] = true;
    }
  }

  private static int[] positions(boolean[] marked) {
    return IntStream.range(0, marked.length).filter(i -> marked[i]).toArray();
  }

  private static int[] sorted(int[] order, int from, int to) {
    int[] part = Arrays.copyOfRange(order, from, to);
    Arrays.sort(part);
    return part;
  }

  private static void requireImages(
      Dataset dataset, Scenario scenario, String set, int[] positions, int of) {
    if (positions.length == 0) {
      throw new DataException(
          String.format(
              "Scenario %s on %s leaves the %s empty: there are %,d images to split.",
              scenario.id(), dataset.id(), set, of));
    }
  }
}
