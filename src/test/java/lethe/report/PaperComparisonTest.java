package lethe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import lethe.kernel.array.MeanCi;
import lethe.plan.Cell;
import lethe.plan.RetainRecipe;
import lethe.plan.Settings;
import lethe.plan.Spec;
import lethe.plan.StageKind;
import org.junit.jupiter.api.Test;

class PaperComparisonTest {
  private static final Spec CIFAR = new Spec("cifar-10", Settings.NONE, new TreeMap<>());
  private static final Spec RESNET = new Spec("resnet-18", Settings.NONE, new TreeMap<>());
  private static final Spec PART =
      new Spec("cifar-10", Settings.NONE, new TreeMap<>(Map.of("train-per-class", "200")));

  private static Cell cell(
      Spec dataset, Spec network, String method, RetainRecipe recipe, int seed) {
    Cell sample = Samples.cell(Samples.CLASS, method, recipe, seed);
    return new Cell(
        dataset,
        network,
        sample.scenario(),
        0,
        method,
        recipe,
        sample.condenser(),
        sample.imagesPerClass().map(k -> 1000),
        sample.protocol(),
        seed);
  }

  private static String text(Spec dataset, Spec network) {
    return text(dataset, network, cell -> cell, Map.of());
  }

  /**
   * @param other what the row of CF is in the place of Blend at the paper's number of clusters
   * @param set settings of CF that are known
   */
  private static String text(
      Spec dataset, Spec network, UnaryOperator<Cell> other, Map<String, String> set) {
    List<Result> results = new ArrayList<>();
    List<Timing> timings = new ArrayList<>();
    Map<Cell, Footing> footings = new HashMap<>();
    Map<Cell, Map<String, Settings>> settings = new HashMap<>();
    for (int seed = 1; seed <= 3; seed++) {
      Cell retraining = cell(dataset, network, "retraining", RetainRecipe.WHOLE, seed);
      Cell cf = other.apply(cell(dataset, network, "cf", RetainRecipe.REDUCED, seed));
      footings.put(
          cf,
          new Footing(5000, 45000, 7000, OptionalInt.of(9000), 50, 64, 0, Footing.Diet.RETAINED));
      footings.put(
          retraining,
          new Footing(5000, 45000, 7000, OptionalInt.empty(), 100, 64, 0, Footing.Diet.RETAINED));
      settings.put(cf, Map.of("cf", Settings.of(set)));
      results.add(Samples.result(retraining, 99.9 + seed * 0.01, 0, 80 + seed, 50 + seed));
      results.add(Samples.result(cf, 50 + seed, 90, 60, 80));
      timings.add(Samples.timing(retraining, StageKind.UNLEARNED, Map.of("unlearnSeconds", 10.0)));
      timings.add(Samples.timing(cf, StageKind.UNLEARNED, Map.of("unlearnSeconds", 4.0)));
    }
    return new PaperComparison(
            List.of("retraining", "cf"),
            Map.of("cf", "CF", "retraining", "Retraining"),
            results,
            timings,
            new Groundwork(footings, settings, Map.of()))
        .text();
  }

  @Test
  void every_number_of_the_four_tables_is_there() {
    PaperNumbers paper = PaperNumbers.load();
    assertEquals(560, paper.size());
    Cell retraining = cell(CIFAR, RESNET, "retraining", RetainRecipe.WHOLE, 1);
    MeanCi mia = paper.find(retraining, "resnet-18", "mia-published").orElseThrow();
    assertEquals(49.76, mia.mean());
    // 2.57 = 4.3027 s / sqrt(3)
    assertEquals(1.0346, mia.sd().orElseThrow(), 1e-4);
    int found = 0;
    for (String network : List.of("resnet-18", "resnet-50")) {
      for (String dataset : List.of("cifar-10", "svhn")) {
        for (String method :
            List.of(
                "retraining", "cf", "bad-distillation", "l1-sparse", "pruning", "scrub", "a-cf")) {
          for (RetainRecipe recipe : RetainRecipe.values()) {
            Spec set = new Spec(dataset, Settings.NONE, new TreeMap<>());
            Cell one = cell(set, RESNET, method, recipe, 1);
            for (String metric :
                List.of(
                    "mia-published",
                    "retain-accuracy",
                    "forget-accuracy",
                    "test-accuracy",
                    "time")) {
              found += paper.find(one, network, metric).isPresent() ? 1 : 0;
            }
          }
        }
      }
    }
    assertEquals(280, found, "the class scenario's half");
  }

  @Test
  void the_paper_s_own_setting_is_tested() {
    String text = text(CIFAR, RESNET);
    assertTrue(text.startsWith("## Beside the paper: cifar-10 · resnet-18 · random-class\n"), text);
    String retraining = line(text, "| Retraining");
    assertTrue(retraining.contains("| 49.76 ± 2.57 |"), retraining);
    String cf = line(text, "| CF");
    assertTrue(cf.contains("≠"), cf); // 52 ± 2.5 retained against the paper's much higher number
    assertTrue(cf.contains("| 0.40 ± 0.00 |"), cf); // 4 s of 10 s
  }

  @Test
  void a_smaller_setting_is_shown_but_not_tested() {
    String text = text(PART, Samples.CONVNET);
    assertTrue(
        text.contains(
            "Not the paper's setting (train-per-class = 200; convnet beside the paper's resnet-18;"
                + " width = 32)"),
        text);
    assertFalse(text.contains("≠"), text);
  }

  @Test
  void a_row_with_another_setting_is_not_tested() {
    String text = text(CIFAR, RESNET, cell -> cell, Map.of("epochs", "30", "batch", "64"));
    assertFalse(line(text, "| CF").contains("≠"), text);
    String note = "Rows with other settings are not tested: cf has epochs = 30 in place of 50.";
    assertTrue(text.contains(note), text);
  }

  /** 40 clusters a class are 125 images each, where the paper has 5; it has no DM here. */
  @Test
  void only_the_papers_own_arms_stand_beside_it() {
    assertFalse(text(CIFAR, RESNET, cell -> by("blend", 40, cell), Map.of()).contains("| CF"));
    assertFalse(text(CIFAR, RESNET, cell -> by("dm", 1000, cell), Map.of()).contains("| CF"));
    assertTrue(text(CIFAR, RESNET, cell -> by("blend", 1100, cell), Map.of()).contains("| CF"));
  }

  private static Cell by(String condenser, int clusters, Cell cell) {
    return new Cell(
        cell.dataset(),
        cell.network(),
        cell.scenario(),
        cell.round(),
        cell.method(),
        cell.recipe(),
        Optional.of(new Spec(condenser, Settings.NONE, new TreeMap<>())),
        Optional.of(clusters),
        cell.protocol(),
        cell.seed());
  }

  @Test
  void what_the_paper_does_not_have_has_no_section() {
    assertEquals("", text(Samples.GLYPHS, Samples.CONVNET));
  }

  @Test
  void published_ratios_are_ratios_of_published_means() {
    PaperNumbers paper = PaperNumbers.load();
    Cell cf = cell(CIFAR, RESNET, "cf", RetainRecipe.REDUCED, 1);
    Cell retraining = cell(CIFAR, RESNET, "retraining", RetainRecipe.WHOLE, 1);
    Optional<MeanCi> seconds = paper.find(cf, "resnet-18", PaperNumbers.TIME);
    Optional<MeanCi> whole = paper.find(retraining, "resnet-18", PaperNumbers.TIME);
    String ratio = "%.2f".formatted(seconds.orElseThrow().mean() / whole.orElseThrow().mean());
    // 50 epochs of 9000 images over 100 of 45000: a tenth
    String line = line(text(CIFAR, RESNET, c -> c, Map.of("epochs", "50")), "| CF");
    String end = " 0.40 ± 0.00 | 0.10 ± 0.00 | 50 : – | " + ratio + " | 50 : 100 |";
    assertTrue(line.endsWith(end), line);
  }

  private static String line(String text, String beginning) {
    return text.lines()
        .filter(l -> l.startsWith(beginning))
        .findFirst()
        .orElseThrow()
        .replaceAll(" +", " ");
  }
}
