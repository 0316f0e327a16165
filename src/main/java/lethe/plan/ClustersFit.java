package lethe.plan;

import java.util.Optional;

/** A class cannot have more clusters than images. */
final class ClustersFit {
  /** Where a condenser says how many clusters a class has. */
  static final String KNOB = "clusters-per-class";

  private static final String IMAGES = "train-per-class";

  private ClustersFit() {}

  /**
   * What is wrong with the clusters of {@code dataset}, as far as its settings say how many images
   * a class has.
   */
  static Optional<String> problem(Grid grid, Spec condenser, Card card, Spec dataset) {
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
