package lethe.plan;

import com.typesafe.config.ConfigValue;
import java.util.Map;
import java.util.Optional;

/** A class cannot have more clusters than images. */
final class ClustersFit {
  /** Where a condenser says how many clusters a class has. */
  static final String KNOB = "clusters-per-class";

  private static final String IMAGES = "train-per-class";

  private ClustersFit() {}

  /**
   * A problem for each condenser and dataset that do not fit.
   *
   * @param axis where condensers are listed
   */
  static void check(
      Grid grid, Map<String, Card> cards, Blocks blocks, ConfigValue axis, Problems problems) {
    for (Spec condenser : grid.condensers()) {
      Card card = Recorder.card(cards, condenser.id());
      Optional<ConfigValue> at =
          condenser.settings().has(KNOB) ? Optional.of(axis) : blocks.written(card, KNOB);
      for (Spec dataset : grid.datasets()) {
        problem(grid, condenser, card, dataset).ifPresent(sentence -> problems.add(at, sentence));
      }
    }
  }

  /**
   * What is wrong with the clusters of {@code dataset}, as far as its settings say how many images
   * a class has.
   */
  private static Optional<String> problem(Grid grid, Spec condenser, Card card, Spec dataset) {
    Subject subject = Subject.of(dataset, grid.seeds().get(0));
    int clusters = grid.settings(condenser, card, subject).integer(KNOB);
    int images = dataset.settings().has(IMAGES) ? dataset.settings().integer(IMAGES) : 0;
    if (images == 0 || clusters <= images) {
      return Optional.empty();
    }
    return Optional.of(
        card.block()
            + "."
            + KNOB
            + " is "
            + clusters
            + ", but "
            + dataset.id()
            + " has only "
            + images
            + " training images a class ("
            + IMAGES
            + "); it must be an integer from 1 to "
            + images
            + ".");
  }
}
