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
  static Optional<String> problem(Grid grid, Card condenser, Spec dataset) {
    Subject subject =
        new Subject(
            dataset,
            Optional.empty(),
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.empty(),
            grid.seeds().get(0));
    int clusters = grid.knobs().settings(condenser, subject).integer(KNOB);
    int images = dataset.settings().has(IMAGES) ? dataset.settings().integer(IMAGES) : 0;
    if (images == 0 || clusters <= images) {
      return Optional.empty();
    }
    return Optional.of(
        condenser.block()
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
