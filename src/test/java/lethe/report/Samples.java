package lethe.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import lethe.data.Scores;
import lethe.plan.Cell;
import lethe.plan.Protocol;
import lethe.plan.RetainRecipe;
import lethe.plan.Scenario;
import lethe.plan.Settings;
import lethe.plan.Spec;
import lethe.plan.StageKey;
import lethe.plan.StageKind;

/** Cells, results and timings to write tables of. */
final class Samples {
  static final Spec GLYPHS =
      new Spec(
          "glyphs",
          Settings.of(Map.of("train-per-class", "200")),
          new TreeMap<>(Map.of("train-per-class", "200")));
  static final Spec CONVNET =
      new Spec("convnet", Settings.of(Map.of("width", "32")), new TreeMap<>(Map.of("width", "32")));
  static final Spec BLEND = new Spec("blend", Settings.NONE, new TreeMap<>());
  static final Scenario CLASS = new Scenario.RandomClass();
  static final Scenario UNIFORM = new Scenario.Uniform(BigDecimal.TEN);

  private Samples() {}

  static Cell cell(Scenario scenario, String method, RetainRecipe recipe, long seed) {
    return new Cell(
        GLYPHS,
        CONVNET,
        scenario,
        0,
        method,
        recipe,
        recipe.condenses() ? Optional.of(BLEND) : Optional.empty(),
        recipe.condenses() ? Optional.of(40) : Optional.empty(),
        Protocol.CORRECTED,
        seed);
  }

  /** A result with retain, forget and test accuracy and both attack scores. */
  static Result result(Cell cell, double retain, double forget, double test, double mia) {
    return result(cell, retain, forget, test, mia, List.of());
  }

  static Result result(
      Cell cell, double retain, double forget, double test, double mia, List<String> flags) {
    SortedMap<String, Double> values = new TreeMap<>();
    values.put("retain-accuracy", retain);
    values.put("forget-accuracy", forget);
    values.put("test-accuracy", test);
    values.put("mia-published", mia);
    values.put("mia-rank-auc", mia);
    return new Result(cell, new Scores(values, flags));
  }

  static Timing timing(Cell cell, StageKind kind, Map<String, Double> seconds) {
    return timing(cell, kind, seconds, List.of());
  }

  static Timing timing(Cell cell, StageKind kind, Map<String, Double> seconds, List<String> flags) {
    boolean shared = kind != StageKind.UNLEARNED;
    TreeMap<String, String> ingredients = new TreeMap<>();
    ingredients.put("cell", shared ? "seed " + cell.seed() : cell.label());
    ingredients.put("kind", kind.id());
    return new Timing(cell, StageKey.of(ingredients), kind, seconds, shared, false, "cpu", flags);
  }
}
