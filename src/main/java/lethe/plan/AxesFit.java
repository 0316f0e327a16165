package lethe.plan;

import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the axes of a grid go together: each may be right and the product still be no sense. */
final class AxesFit {
  private final Grid grid;
  private final Repertoire repertoire;
  private final Map<String, ConfigValue> top;
  private final Problems problems;

  AxesFit(Grid grid, Repertoire repertoire, Map<String, ConfigValue> top, Problems problems) {
    this.grid = grid;
    this.repertoire = repertoire;
    this.top = Map.copyOf(top);
    this.problems = problems;
  }

  void check() {
    for (Scenario scenario : grid.scenarios()) {
      if (grid.rounds() > 1 && !scenario.hasRounds()) {
        add(
            "rounds",
            "rounds is %d, but %s says once and for all what is forgotten; with it, rounds must be"
                + " 1.",
            grid.rounds(),
            scenario.id());
      }
      if (scenario instanceof Scenario.None) {
        unlearning()
            .ifPresent(
                method ->
                    add(
                        "methods",
                        "methods lists %s, but scenario none forgets nothing: with it, only methods"
                            + " that train fresh weights make sense.",
                        method));
      }
      if (leavesNoResidual(scenario)) {
        for (RetainRecipe recipe : grid.recipes()) {
          if (recipe.isResidual()) {
            add(
                "recipes",
                "recipes lists %s, but in scenario %s no retained image shares a cluster with a"
                    + " forgotten one: there is nothing to train on.",
                recipe.id(),
                scenario.id());
          }
        }
      }
    }
  }

  /** The first method that starts from the original weights. */
  private Optional<String> unlearning() {
    List<String> methods = grid.methods();
    return methods.stream()
        .filter(m -> Recorder.card(repertoire.methods(), m).needs().contains(StageKind.ORIGINAL))
        .findFirst();
  }

  /** Clusters are of one class, so whole classes leave nothing in theirs. */
  private static boolean leavesNoResidual(Scenario scenario) {
    return scenario instanceof Scenario.None
        || scenario instanceof Scenario.RandomClass
        || scenario instanceof Scenario.Classes;
  }

  private void add(String axis, String sentence, Object... words) {
    problems.add(Optional.ofNullable(top.get(axis)), sentence.formatted(words));
  }
}
