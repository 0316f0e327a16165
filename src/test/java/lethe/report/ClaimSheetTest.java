package lethe.report;

import static lethe.plan.RetainRecipe.REDUCED;
import static lethe.plan.RetainRecipe.WHOLE;
import static lethe.report.Samples.CLASS;
import static lethe.report.Samples.UNIFORM;
import static lethe.report.Samples.cell;
import static lethe.report.Samples.result;
import static lethe.report.Samples.timing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import lethe.plan.Cell;
import lethe.plan.StageKind;
import org.junit.jupiter.api.Test;

/** CF takes the given seconds, seed by seed, and A-CF always 10. */
class ClaimSheetTest {
  private static final String FASTER =
      "{ id = faster, source = S, text = T, scenario = any, formula = \"time(cf) / time(a-cf)\"";

  private final List<Result> results = new ArrayList<>();
  private final List<Timing> timings = new ArrayList<>();

  private ClaimSheet sheet(String claim, double... seconds) {
    for (int i = 0; i < seconds.length; i++) {
      train(cell(CLASS, "cf", WHOLE, i + 1), seconds[i]);
      train(cell(CLASS, "a-cf", WHOLE, i + 1), 10);
    }
    return new ClaimSheet(
        ClaimBook.read(ConfigFactory.parseString("claims = [ " + claim + " ]")),
        new Evidence(results, timings, Map.of()));
  }

  private void train(Cell cell, double seconds) {
    results.add(result(cell, 99, 1, 60, 50));
    timings.add(timing(cell, StageKind.UNLEARNED, Map.of("unlearnSeconds", seconds)));
  }

  private static String row(ClaimSheet sheet) {
    return sheet
        .text()
        .lines()
        .filter(line -> line.startsWith("| T"))
        .findFirst()
        .orElseThrow()
        .replaceAll(" +", " ");
  }

  /** 2.9, 3.0 and 3.1: the mean is 3, the half-width 4.303 x 0.1 / √3 = 0.25. */
  @Test
  void the_whole_interval_must_lie_where_the_claim_says() {
    String row = row(sheet(FASTER + ", from = 2.7 }", 29, 30, 31));
    assertEquals(
        "| T | S | 3 | 3.00 ± 0.25 | at least 2.7 | holds | `time(cf) / time(a-cf)` |", row);
    assertTrue(row(sheet(FASTER + ", to = 2.7 }")).contains("at most 2.7 | does not hold |"));
    assertTrue(row(sheet(FASTER + ", from = 2.9, to = 4 }")).contains("2.9 to 4 | undetermined |"));
  }

  @Test
  void one_seed_proves_nothing() {
    assertTrue(row(sheet(FASTER + ", from = 1 }", 30)).contains("| undetermined |"));
  }

  @Test
  void seeds_are_paired_and_those_that_lack_a_side_do_not_count() {
    train(cell(CLASS, "cf", WHOLE, 9), 1_000); // no A-CF of seed 9
    assertTrue(row(sheet(FASTER + ", from = 1 }", 29, 30, 31)).contains("| 3 | 3.00 ± 0.25 |"));
  }

  @Test
  void a_claim_about_the_authors_settings_is_not_judged_on_a_part() {
    String text = sheet(FASTER + ", from = 1, full-size = true }", 29, 30, 31).text();
    assertTrue(text.contains("undetermined [1] |"), text);
    assertTrue(text.contains("[1] about the authors' settings"), text);
  }

  @Test
  void a_claim_of_another_scenario_or_dataset_is_not_covered() {
    String uniform = FASTER.replace("scenario = any", "scenario = uniform") + ", from = 1 }";
    String text = sheet(uniform, 29, 30).text();
    assertTrue(text.contains("Nothing finished here is about faster."), text);
    String svhn = sheet(FASTER + ", from = 1, dataset = svhn }").text();
    assertTrue(svhn.contains("Nothing finished here is about faster."), svhn);
  }

  @Test
  void a_control_that_holds_is_said_aloud() {
    ClaimSheet sound = sheet(FASTER + ", to = 1, control = true }", 29, 30, 31);
    assertEquals(List.of(), sound.heldControls());
    assertTrue(sound.text().contains("Of 1 controls, known to be false, none holds."));
    ClaimSheet broken = sheet(FASTER + ", from = 1, control = true }");
    assertEquals(1, broken.heldControls().size());
    assertTrue(broken.text().contains("1 HOLD: results or judgement are wrong: faster"));
  }

  @Test
  void disturbed_times_have_a_footnote() {
    Cell cf = cell(CLASS, "cf", WHOLE, 4);
    results.add(result(cf, 99, 1, 60, 50));
    Map<String, Double> seconds = Map.of("unlearnSeconds", 30.0, Timing.OTHERS, 10.0);
    timings.add(timing(cf, StageKind.UNLEARNED, seconds));
    train(cell(CLASS, "a-cf", WHOLE, 4), 10);
    String text = sheet(FASTER + ", from = 1 }", 29, 30, 31).text();
    assertTrue(text.contains("holds [1] |"), text);
    assertTrue(text.contains("[1] times: disturbed"), text);
  }

  @Test
  void overheads_and_passes_are_numbers_of_a_cell() {
    Cell whole = cell(UNIFORM, "cf", WHOLE, 1);
    Cell reduced = cell(UNIFORM, "cf", REDUCED, 1);
    Evidence evidence =
        new Evidence(
            List.of(result(whole, 1, 1, 1, 1), result(reduced, 1, 1, 1, 1)),
            List.of(
                timing(reduced, StageKind.FEATURES, Map.of("clusterSeconds", 1.0)),
                timing(reduced, StageKind.CLUSTERS, Map.of("clusterSeconds", 2.0)),
                timing(reduced, StageKind.PARTS, Map.of("sampleSeconds", 4.0)),
                timing(reduced, StageKind.PROTOTYPES, Map.of("condenseSeconds", 8.0)),
                timing(reduced, StageKind.UNLEARNED, Map.of("unlearnSeconds", 16.0))),
            Map.of(
                whole, new Footing(20, 180, 140, OptionalInt.empty(), 15, 64, 0),
                reduced, new Footing(20, 180, 140, OptionalInt.of(90), 15, 64, 0)));
    Place place = Place.of(whole);
    assertEquals(15, value(evidence, place, "overhead(cf, reduced)"));
    assertEquals(8, value(evidence, place, "condensation(cf, reduced, blend)"));
    assertEquals(8, value(evidence, place, "condensation(cf, reduced, blend, ipc-40)"));
    assertEquals(16, value(evidence, place, "time(cf, reduced)"));
    assertEquals(0.5, value(evidence, place, "images(cf, reduced) / images(cf)"));
    assertEquals(0.5, value(evidence, place, "passes(cf, reduced) / passes(cf)"));
    assertTrue(Double.isNaN(value(evidence, place, "time(cf)")), "unmeasured");
    assertTrue(Double.isNaN(value(evidence, place, "time(cf, reduced, dm)")), "no such cell");
    assertTrue(Double.isNaN(value(evidence, place, "time(cf, reduced, ipc-41)")), "no such cell");
    assertTrue(Double.isNaN(value(evidence, place, "time(cf, reduced, round-1)")), "no such cell");
  }

  private static double value(Evidence evidence, Place place, String formula) {
    return FormulaText.read(formula, Map.of()).value(term -> evidence.value(place, 1, term));
  }

  @Test
  void the_sheet_for_scripts_names_the_cells() {
    String csv = sheet(FASTER + ", from = 1 }", 29, 30).csv();
    assertTrue(csv.startsWith("claim,control,source,dataset,"), csv);
    assertTrue(csv.contains(",2,1;2,2.950000,"), csv);
    assertTrue(csv.contains(cell(CLASS, "a-cf", WHOLE, 2).label()), csv);
    assertFalse(csv.contains("Infinity"), csv);
  }
}
