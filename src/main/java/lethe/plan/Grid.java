package lethe.plan;

import java.util.List;

/**
 * One experiment: its axes and its settings, checked. Cells are the product of the axes, and one
 * cell of original weights for each dataset, network, scenario and seed.
 *
 * @param name also the folder under the results
 * @param rounds 1 for now
 * @param methods ids, without the original weights
 * @param condenser id of who makes prototypes where a recipe wants them
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
    String condenser,
    List<Long> seeds,
    KnobTable knobs) {
  public Grid {
    datasets = List.copyOf(datasets);
    networks = List.copyOf(networks);
    scenarios = List.copyOf(scenarios);
    methods = List.copyOf(methods);
    recipes = List.copyOf(recipes);
    seeds = List.copyOf(seeds);
  }

  /** Whether any cell trains on prototypes. */
  public boolean condenses() {
    return recipes.stream().anyMatch(RetainRecipe::condenses);
  }

  /**
   * The resolved experiment: every setting in force, as HOCON. Reading it again gives this grid.
   */
  public String render() {
    return GridText.of(this);
  }
}
