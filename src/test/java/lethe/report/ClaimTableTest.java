package lethe.report;

import static lethe.plan.RetainRecipe.REDUCED;
import static lethe.plan.RetainRecipe.WHOLE;
import static lethe.report.Samples.CLASS;
import static lethe.report.Samples.UNIFORM;
import static lethe.report.Samples.cell;
import static lethe.report.Samples.result;
import static lethe.report.Samples.timing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import lethe.plan.Cell;
import lethe.plan.StageKind;
import org.junit.jupiter.api.Test;

class ClaimTableTest {
  private static final Footing CF = new Footing(200, 1800, 1400, OptionalInt.empty(), 15, 64, 0);
  private static final Footing ACF = new Footing(200, 1800, 1400, OptionalInt.empty(), 1, 64, 4);

  @Test
  void a_step_of_a_cf_costs_its_companions_too() {
    // Uniform, everything large enough: (3b + 3*4b + 4b) / 3b = 19/3 = 6.33 steps of CF.
    Footing large = new Footing(5000, 45000, 7000, OptionalInt.empty(), 1, 64, 4);
    Footing plain = new Footing(5000, 45000, 7000, OptionalInt.empty(), 1, 64, 0);
    assertEquals(19 / 3.0, large.passes(7000) / plain.passes(7000), 1e-12);
    // F has 200 images and T' 140, both below 4 * 64: (192 + 600 + 140) / 192.
    assertEquals(932 / 192.0, ACF.passes(140) * 15 / CF.passes(140), 1e-12);
  }

  @Test
  void a_reduced_set_costs_its_share() {
    Footing reduced = new Footing(200, 1800, 1400, OptionalInt.of(900), 15, 64, 0);
    assertEquals(0.5, reduced.passes(140) / CF.passes(140), 1e-12);
  }

  @Test
  void claims_are_judged_pair_by_pair() {
    Cell cf = cell(CLASS, "cf", WHOLE, 1);
    Cell acf = cell(CLASS, "a-cf", WHOLE, 1);
    Cell retrained = cell(CLASS, "retraining", WHOLE, 1);
    // Expected 15 * 192 / 932 = 3.09; measured 3.0.
    String text =
        new ClaimTable(
                List.of(
                    result(cf, 99, 1, 60, 50),
                    result(acf, 99, 1, 60, 50),
                    result(retrained, 99, 12, 60, 50)),
                List.of(
                    timing(cf, StageKind.UNLEARNED, Map.of("unlearnSeconds", 30.0)),
                    timing(acf, StageKind.UNLEARNED, Map.of("unlearnSeconds", 10.0))),
                Map.of(cf, CF, acf, ACF))
            .text();
    assertTrue(line(text, "time of CF").contains("3.00 |     3.09 |  undetermined"), text);
    assertTrue(line(text, "retrained").endsWith("does not hold |"), text);
  }

  @Test
  void a_ratio_holds_only_where_its_interval_is_narrow() {
    // Expected 3.09; 2.9, 3.0, 3.1: 3.00 ± 0.25. 1.0, 3.0, 5.0: 3.00 ± 4.97, which is anything.
    assertTrue(ratios(29, 30, 31).contains("3.00 ± 0.25 |     3.09 |  holds"), ratios(29, 30, 31));
    assertTrue(ratios(10, 30, 50).endsWith("undetermined |"), ratios(10, 30, 50));
    assertTrue(ratios(80, 80, 81).endsWith("does not hold |"), ratios(80, 80, 81));
  }

  /** The row of CF against A-CF, A-CF taking 10 seconds and CF the given ones. */
  private static String ratios(double... seconds) {
    List<Result> results = new ArrayList<>();
    List<Timing> timings = new ArrayList<>();
    Map<Cell, Footing> footings = new HashMap<>();
    for (int seed = 0; seed < seconds.length; seed++) {
      Cell cf = cell(CLASS, "cf", WHOLE, seed);
      Cell acf = cell(CLASS, "a-cf", WHOLE, seed);
      results.add(result(cf, 99, 1, 60, 50));
      results.add(result(acf, 99, 1, 60, 50));
      timings.add(timing(cf, StageKind.UNLEARNED, Map.of("unlearnSeconds", seconds[seed])));
      timings.add(timing(acf, StageKind.UNLEARNED, Map.of("unlearnSeconds", 10.0)));
      footings.put(cf, CF);
      footings.put(acf, ACF);
    }
    String row = line(new ClaimTable(results, timings, footings).text(), "time of CF");
    return row.replaceAll(" +holds", "  holds");
  }

  @Test
  void the_uniform_scenario_compares_with_the_test_level_over_seeds() {
    // forget - test = 1, -1, 0: mean 0, half-width 4.303 * 1 / sqrt(3) = 2.48 points.
    assertTrue(levels(61, 59, 60).endsWith(" holds |"), levels(61, 59, 60));
    // 10, -10, 0: half-width 24.8 points cover 0 and nearly everything else.
    assertTrue(levels(70, 50, 60).endsWith("undetermined |"), levels(70, 50, 60));
    assertTrue(levels(70, 71, 70).endsWith("does not hold |"), levels(70, 71, 70));
    assertTrue(levels(60).endsWith("undetermined |"), levels(60));
  }

  /** The row of retrained weights of a test accuracy of 60 and the given forget accuracies. */
  private static String levels(double... forget) {
    List<Result> results = new ArrayList<>();
    for (int seed = 0; seed < forget.length; seed++) {
      results.add(result(cell(UNIFORM, "retraining", WHOLE, seed), 99, forget[seed], 60, 50));
    }
    return line(new ClaimTable(results, List.of(), Map.of()).text(), "retrained");
  }

  @Test
  void without_a_pair_there_is_no_claim() {
    String text =
        new ClaimTable(
                List.of(result(cell(CLASS, "cf", REDUCED, 1), 99, 1, 60, 50)), List.of(), Map.of())
            .text();
    assertEquals("No pair of cells that a claim compares is finished yet.\n", text);
  }

  private static String line(String text, String beginning) {
    return text.lines().filter(l -> l.startsWith("| " + beginning)).findFirst().orElseThrow();
  }
}
