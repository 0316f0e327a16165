package lethe.data;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import lethe.kernel.array.Draws;
import lethe.plan.Card;
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
 * each class with images being as likely.
 *
 * <p>Source: the official code, unlearn.py and cond_unlearn.py. <b>Departures:</b> the official
 * code has no seed; here everything is a function of the seed, and F also of scenario and round.
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
   * @param dataset the sub-sampled dataset; the positions of the result count inside it
   * @param round 0-based
   * @param settings the fraction of the test images that goes to T: {@code unseen-fraction}
   * @throws DataException when a listed class is unknown, or when F, R, T or E would be empty
   */
  public static ForgetSplit split(
      Dataset dataset, Scenario scenario, int round, long seed, Settings settings) {
    int[] test =
        new Draws(Seeds.of(dataset.id(), seed, "unseen")).permutation(dataset.test().size());
    int unseen = unseen(test.length, settings);
    boolean[] forget = forget(dataset, scenario, round, seed);
    ForgetSplit split =
        new ForgetSplit(
            positions(forget, true),
            positions(forget, false),
            sorted(test, 0, unseen),
            sorted(test, unseen, test.length));
    requireImages(dataset, scenario, "forget set F", split.forget(), forget.length);
    requireImages(dataset, scenario, "retain set R", split.retain(), forget.length);
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

  private static boolean[] forget(Dataset dataset, Scenario scenario, int round, long seed) {
    int[] labels = dataset.train().labels();
    boolean[] forget = new boolean[labels.length];
    Draws draws = new Draws(Seeds.of(dataset.id(), seed, "forget", scenario.id(), round));
    if (scenario instanceof Scenario.Uniform uniform) {
      int[] order = draws.permutation(labels.length);
      int count = forgotten(uniform, labels.length);
      for (int i = 0; i < count; i++) {
        forget[order[i]] = true;
      }
      return forget;
    }
    boolean[] classes =
        scenario instanceof Scenario.Classes listed
            ? listedClasses(dataset, listed)
            : randomClass(dataset, draws);
    for (int i = 0; i < labels.length; i++) {
      forget[i] = classes[labels[i]];
    }
    return forget;
  }

  private static boolean[] randomClass(Dataset dataset, Draws draws) {
    boolean[] chosen = new boolean[dataset.classes().size()];
    int[] present = Arrays.stream(dataset.train().labels()).distinct().sorted().toArray();
    if (present.length > 0) {
      chosen[present[draws.nextInt(present.length)]] = true;
    }
    return chosen;
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

  private static int[] positions(boolean[] forget, boolean wanted) {
    return IntStream.range(0, forget.length).filter(i -> forget[i] == wanted).toArray();
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
