package lethe.plan;

import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings that another setting of the same block limits, in every cell of a grid. */
final class KnobLimits {
  private final Grid grid;
  private final Blocks blocks;
  private final ConfigValue overrides;
  private final Problems problems;

  private KnobLimits(Grid grid, Blocks blocks, ConfigValue overrides, Problems problems) {
    this.grid = grid;
    this.blocks = blocks;
    this.overrides = overrides;
    this.problems = problems;
  }

  /**
   * A problem for each limited setting of a method or the training that is above its limit in some
   * cell.
   *
   * @param overrides where overrides are written
   */
  static void check(
      Grid grid,
      Map<String, Card> methods,
      Card train,
      Blocks blocks,
      ConfigValue overrides,
      Problems problems) {
    KnobLimits limits = new KnobLimits(grid, blocks, overrides, problems);
    for (String method : grid.methods()) {
      limits.check(Recorder.card(methods, method));
    }
    limits.check(train);
  }

  private void check(Card card) {
    for (Knob knob : card.knobs()) {
      knob.notAbove().ifPresent(limit -> check(card, knob.name(), limit));
    }
  }

  private void check(Card card, String knob, String limit) {
    for (Subject subject : subjects(card.id())) {
      Settings settings = grid.knobs().settings(card, subject);
      if (settings.number(knob) > settings.number(limit)) {
        problems.add(
            place(card, settings, knob, limit),
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

  private Optional<ConfigValue> place(Card card, Settings settings, String knob, String limit) {
    Optional<Settings> base = Optional.ofNullable(grid.knobs().base().get(card.block()));
    return base.filter(settings::equals).isPresent()
        ? blocks.written(card, knob).or(() -> blocks.written(card, limit))
        : Optional.of(overrides);
  }

  /** One for each combination that an override may tell apart. */
  private List<Subject> subjects(String method) {
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
