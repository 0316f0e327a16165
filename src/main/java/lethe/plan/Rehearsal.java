package lethe.plan;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A grid in small: each of its arms once, on few images, with its own settings. What breaks in days
 * breaks here in minutes.
 */
public final class Rehearsal {
  private static final BigDecimal PERCENT = BigDecimal.TEN; // forgotten, where a share is
  private static final int ROUNDS = 2; // the second takes another way than the first
  private static final int IN_A_CLUSTER = 4; // images: enough for free clusters beside a tenth

  private Rehearsal() {}

  /**
   * The rehearsal of a grid: its first seed and scenario, two rounds at most.
   *
   * @param train training images of a class, by dataset id; no class may have fewer
   * @param test test images of a class, likewise
   */
  public static Grid of(
      Grid grid, Repertoire repertoire, Map<String, Integer> train, Map<String, Integer> test) {
    List<Spec> datasets = new ArrayList<>();
    for (Spec dataset : grid.datasets()) {
      int few = train.getOrDefault(dataset.id(), 0);
      Spec small = with(dataset, "train-per-class", few);
      datasets.add(with(small, "test-per-class", test.getOrDefault(dataset.id(), 0)));
    }
    int fewest = train.values().stream().mapToInt(Integer::intValue).min().orElse(0);
    return new Grid(
        grid.name(),
        datasets,
        grid.networks(),
        List.of(scenario(grid.scenarios().get(0))),
        Math.min(ROUNDS, grid.rounds()),
        grid.methods(),
        grid.recipes(),
        condensers(grid, repertoire, Math.max(1, fewest / IN_A_CLUSTER)),
        grid.seeds().subList(0, 1),
        grid.weightDigests(),
        grid.knobs());
  }

  /** A listed image may not be among the few, and a small share of the few may be none. */
  private static Scenario scenario(Scenario scenario) {
    return scenario instanceof Scenario.File || scenario instanceof Scenario.Uniform
        ? new Scenario.Uniform(PERCENT)
        : scenario;
  }

  private static List<Spec> condensers(Grid grid, Repertoire repertoire, int most) {
    List<Spec> condensers = new ArrayList<>();
    for (Spec condenser : grid.condensers()) {
      Card card = Recorder.card(repertoire.condensers(), condenser.id());
      int fewest =
          grid.datasets().stream()
              .map(d -> grid.settings(condenser, card, Subject.of(d, grid.seeds().get(0))))
              .mapToInt(settings -> settings.integer(ClustersFit.KNOB))
              .min()
              .orElse(most);
      condensers.add(with(condenser, ClustersFit.KNOB, Math.min(most, fewest)));
    }
    return condensers.stream().distinct().toList();
  }

  private static Spec with(Spec spec, String knob, int value) {
    SortedMap<String, String> settings = new TreeMap<>(spec.settings().entries());
    settings.put(knob, String.valueOf(value));
    return new Spec(spec.id(), new Settings(settings), spec.departures());
  }
}
