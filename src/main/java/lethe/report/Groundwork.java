package lethe.report;

import java.util.Map;
import lethe.plan.Cell;

/**
 * What claims stand on besides scores and seconds.
 *
 * @param footings sizes and lengths of the cells' trainings, as far as known
 * @param epochs of every training a cell rests on, by cell and method; {@link Cell#ORIGINAL} for
 *     that of the weights before unlearning
 * @param parameters how many numbers each network has, by id, for ten classes and as it is where a
 *     grid says nothing
 */
public record Groundwork(
    Map<Cell, Footing> footings,
    Map<Cell, Map<String, Integer>> epochs,
    Map<String, Integer> parameters) {
  public Groundwork {
    footings = Map.copyOf(footings);
    epochs = Map.copyOf(epochs);
    parameters = Map.copyOf(parameters);
  }
}
