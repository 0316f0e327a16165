package lethe.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One way to put something in the place of the retain set: a recipe, and what it is made with.
 *
 * @param condenser where the recipe condenses
 * @param clusters per class, where it clusters
 */
record Arm(RetainRecipe recipe, Optional<Spec> condenser, Optional<Integer> clusters) {

  /**
   * The arms of a grid on one dataset: recipes that condense with each condenser, recipes that only
   * part the retain set once for each number of clusters.
   */
  static List<Arm> of(Grid grid, Repertoire repertoire, Subject data) {
    List<Arm> arms = new ArrayList<>();
    for (RetainRecipe recipe : grid.recipes()) {
      if (!recipe.clusters()) {
        arms.add(new Arm(recipe, Optional.empty(), Optional.empty()));
        continue;
      }
      Set<Integer> seen = new LinkedHashSet<>();
      for (Spec condenser : grid.condensers()) {
        Card card = Recorder.card(repertoire.condensers(), condenser.id());
        int clusters = grid.settings(condenser, card, data).integer(ClustersFit.KNOB);
        if (recipe.condenses()) {
          arms.add(new Arm(recipe, Optional.of(condenser), Optional.of(clusters)));
        } else if (seen.add(clusters)) {
          arms.add(new Arm(recipe, Optional.empty(), Optional.of(clusters)));
        }
      }
    }
    return arms;
  }
}
