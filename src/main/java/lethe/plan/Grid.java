package lethe.plan;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One experiment: its axes and its settings, checked. Cells are the product of the axes, and one
 * cell of original weights for each dataset, network, scenario and seed.
 *
 * @param name also the folder under the results
 * @param rounds times a further part is forgotten, at least 1
 * @param methods ids, without the original weights
 * @param condensers who makes prototypes where a recipe wants them
 * @param weightDigests SHA-256 of every file of original weights, by its path
 * @param knobs the settings of everything but datasets and networks, which carry their own
 */
public record Grid(
    String name,
    List<Spec> datasets,
    List<Spec> networks,
    List<Scenario> scenarios,
    int rounds,
    List<String> methods,
    List<RetainRecipe> recipes,
    List<Spec> condensers,
    List<Long> seeds,
    SortedMap<String, String> weightDigests,
    KnobTable knobs) {
  public Grid {
    datasets = List.copyOf(datasets);
    networks = List.copyOf(networks);
    scenarios = List.copyOf(scenarios);
    methods = List.copyOf(methods);
    recipes = List.copyOf(recipes);
    condensers = List.copyOf(condensers);
    seeds = List.copyOf(seeds);
    weightDigests = Collections.unmodifiableSortedMap(new TreeMap<>(weightDigests));
  }

  /** Whether any cell needs clusters. */
  public boolean clusters() {
    return recipes.stream().anyMatch(RetainRecipe::clusters);
  }

  /**
   * The settings of one of the condensers: its own over those of its block.
   *
   * @param card of the catalogue's entry of that name
   */
  public Settings settings(Spec condenser, Card card, Subject subject) {
    SortedMap<String, String> all = new TreeMap<>(knobs.settings(card, subject).entries());
    all.putAll(condenser.settings().entries());
    return new Settings(all);
  }

  /**
   * The resolved experiment: every setting in force, as HOCON. Reading it again gives this grid.
   */
  public String render() {
    return GridText.of(this);
  }
}
