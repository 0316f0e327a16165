package lethe.report;

import java.util.Map;
import lethe.plan.Cell;
import lethe.plan.Scenario;
import lethe.plan.Settings;

/**
 * What claims and comparisons stand on besides scores and seconds.
 *
 * @param footings sizes and lengths of the cells' trainings, as far as known
 * @param settings of all that a cell rests on: by the id of its method and of its condenser, {@link
 *     Cell#ORIGINAL} for the training of the weights before unlearning, and {@link #SPLIT}, {@link
 *     #PARTITION} and {@link #EVALUATE}
 * @param parameters how many numbers each network has, by id, for ten classes and as it is where a
 *     grid says nothing
 */
public record Groundwork(
    Map<Cell, Footing> footings,
    Map<Cell, Map<String, Settings>> settings,
    Map<String, Integer> parameters) {
  /** Settings of the split. */
  public static final String SPLIT = "split";

  /** Settings of features and clusters. */
  public static final String PARTITION = "partition";

  /** Settings of the scores. */
  public static final String EVALUATE = "evaluate";

  private static final double CLASSES = 10; // of each of the paper's datasets
  private static final double SLACK = 0.125; // images a cluster: 50 are about the paper's 45

  public Groundwork {
    footings = Map.copyOf(footings);
    settings = Map.copyOf(settings);
    parameters = Map.copyOf(parameters);
  }

  Map<String, Settings> settings(Cell cell) {
    return settings.getOrDefault(cell, Map.of());
  }

  /** Image passes of the cell's training; NaN where its sizes are not known. */
  double passes(Cell cell) {
    Footing footing = footings.get(cell);
    if (footing == null) {
      return Double.NaN;
    }
    double all = (double) footing.forget() + footing.retain();
    // where classes are forgotten, T' is T's share of them; classes are taken as balanced
    double share = cell.scenario() instanceof Scenario.Uniform ? 1 : footing.forget() / all;
    return footing.passes(footing.unseen() * share);
  }

  /** Whether the cell's clusters have about so many images; true of cells that do not cluster. */
  boolean hasPerCluster(Cell cell, double wanted) {
    if (cell.imagesPerClass().isEmpty()) {
      return true;
    }
    double clusters = CLASSES * cell.imagesPerClass().get();
    Footing footing = footings.get(cell.inRound(0)); // later rounds have lost images
    return footing != null
        && Math.abs((footing.forget() + footing.retain()) / clusters / wanted - 1) <= SLACK;
  }
}
