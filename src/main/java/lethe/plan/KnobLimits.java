package lethe.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Settings that another setting of the same block limits, in every cell of a grid. */
final class KnobLimits {
  private KnobLimits() {}

  /** A sentence for each limited setting of a method that is above its limit in some cell. */
  static List<String> problems(Grid grid, Map<String, Card> methods) {
    List<String> problems = new ArrayList<>();
    for (String method : grid.methods()) {
      Card card = Recorder.card(methods, method);
      for (Knob knob : card.knobs()) {
        knob.notAbove().ifPresent(limit -> check(grid, card, knob.name(), limit, problems));
      }
    }
    return problems.stream().distinct().toList();
  }

  private static void check(
      Grid grid, Card card, String knob, String limit, List<String> problems) {
    for (Subject subject : subjects(grid, card.id())) {
      Settings settings = grid.knobs().settings(card, subject);
      if (settings.number(knob) > settings.number(limit)) {
        problems.add(
            "%s.%s is %s; it must be at most %s.%s, which is %s."
                .formatted(
                    card.block(),
                    knob,
                    settings.text(knob),
                    card.block(),
                    limit,
                    settings.text(limit)));
      }
    }
  }

  /** One for each combination that an override may tell apart. */
  private static List<Subject> subjects(Grid grid, String method) {
    List<Subject> subjects = new ArrayList<>();
    for (Spec dataset : grid.datasets()) {
      for (Spec network : grid.networks()) {
        for (Scenario scenario : grid.scenarios()) {
          Subject line =
              Subject.of(dataset, grid.seeds().get(0)).on(network).in(scenario, 0).by(method);
          for (RetainRecipe recipe : grid.recipes()) {
            if (recipe.condenses()) {
              grid.condensers().forEach(c -> subjects.add(line.by(recipe).with(c)));
            } else {
              subjects.add(line.by(recipe));
            }
          }
        }
      }
    }
    return subjects;
  }
}
