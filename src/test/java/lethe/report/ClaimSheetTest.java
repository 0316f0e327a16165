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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import lethe.plan.Cell;
import lethe.plan.Protocol;
import lethe.plan.Settings;
import lethe.plan.Spec;
import lethe.plan.StageKind;
import org.junit.jupiter.api.Test;

/** CF takes the given seconds, seed by seed, and A-CF always 10. */
class ClaimSheetTest {
  private static final String FASTER =
      "{ id = faster, source = S, text = T, scenario = any, formula = \"time(cf) / time(a-cf)\"";

  private static final String AUTHORS =
      "settings = [ { set { cf { epochs = 50, batch = 64 }, a-cf { epochs = 1 }, gm { iterations = 1001 } } } ]";

  private final List<Result> results = new ArrayList<>();
  private final List<Timing> timings = new ArrayList<>();

  private final Map<Cell, Footing> footings = new HashMap<>();
  private final Map<Cell, Map<String, Settings>> settings = new HashMap<>();
  private Map<String, Integer> parameters = Map.of();

  private Groundwork ground() {
    return new Groundwork(footings, settings, parameters);
  }

  private ClaimSheet sheet(String claim, double... seconds) {
    for (int i = 0; i < seconds.length; i++) {
      train(cell(CLASS, "cf", WHOLE, i + 1), seconds[i]);
      train(cell(CLASS, "a-cf", WHOLE, i + 1), 10);
    }
    return new ClaimSheet(
        ClaimBook.read(
            ConfigFactory.parseString("claims = [ " + claim + " ]"),
            AuthorsSettings.read(ConfigFactory.parseString(AUTHORS))),
        results,
        timings,
        ground());
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
        "| T | S | 3 | 6 | 3.00 ± 0.25 | – | above 2.7 | holds | `time(cf) / time(a-cf)` |", row);
    assertTrue(row(sheet(FASTER + ", to = 2.7 }")).contains("below 2.7 | does not hold |"));
    assertTrue(row(sheet(FASTER + ", from = 2.9, to = 4 }")).contains("2.9 to 4 | undetermined |"));
  }

  @Test
  void one_seed_proves_nothing() {
    assertTrue(row(sheet(FASTER + ", from = 1 }", 30)).contains("| undetermined |"));
  }

  @Test
  void seeds_are_paired_and_those_that_lack_a_side_do_not_count() {
    train(cell(CLASS, "cf", WHOLE, 9), 1_000); // no A-CF of seed 9
    assertTrue(row(sheet(FASTER + ", from = 1 }", 29, 30, 31)).contains("| 3 | 6 | 3.00 ± 0.25 |"));
  }

  /** A-CF and CF take 10 seconds each: 1 is not more than 1. */
  @Test
  void no_difference_is_no_evidence_of_one() {
    assertTrue(row(sheet(FASTER + ", from = 1 }", 10, 10, 10)).contains("| does not hold |"));
    assertTrue(row(sheet(FASTER + ", from = 0.9, to = 1 }")).contains("| holds |"));
  }

  @Test
  void where_every_score_is_at_its_end_nothing_shows() {
    String formula = "\"forget-accuracy(cf) - forget-accuracy(a-cf)\"";
    String same = FASTER.replaceFirst("\"time.*", "") + formula + ", from = -5, to = 5 }";
    results.add(result(cell(UNIFORM, "cf", WHOLE, 1), 99, 100, 60, 50));
    results.add(result(cell(UNIFORM, "cf", WHOLE, 2), 99, 100, 60, 50));
    results.add(result(cell(UNIFORM, "a-cf", WHOLE, 1), 99, 100, 60, 50));
    results.add(result(cell(UNIFORM, "a-cf", WHOLE, 2), 99, 100, 60, 50));
    String stuck = sheet(same).text();
    assertTrue(stuck.contains("| undetermined [1] |"), stuck);
    assertTrue(stuck.contains("[1] every score in it is 100 in every seed"), stuck);
    results.add(result(cell(UNIFORM, "a-cf", WHOLE, 3), 99, 98, 60, 50));
    results.add(result(cell(UNIFORM, "cf", WHOLE, 3), 99, 99, 60, 50));
    assertTrue(row(sheet(same)).contains("| 3 | 6 | 0.33 ± 1.43 | – | -5 to 5 | holds |"));
  }

  @Test
  void a_claim_about_the_authors_setting_is_judged_on_nothing_else() {
    for (int seed = 1; seed <= 3; seed++) {
      settings.put(
          cell(CLASS, "cf", WHOLE, seed),
          Map.of("cf", Settings.of(Map.of("epochs", "5", "batch", "64"))));
    }
    String text = sheet(FASTER + ", from = 1, full-size = [ resnet-18 ] }", 29, 30, 31).text();
    assertTrue(text.contains("undetermined [1,2,3] |"), text);
    String note = "about the authors' setting: here ";
    assertTrue(text.contains(note + "cf has epochs = 5 in place of 50"), text);
    assertTrue(text.contains(note + "convnet (width=32) in place of resnet-18"), text);
    assertTrue(text.contains(note + "glyphs (train-per-class=200) in place of glyphs"), text);
  }

  @Test
  void the_authors_own_setting_is_judged() {
    Spec glyphs = new Spec("glyphs", Settings.NONE, new TreeMap<>());
    Spec resNet = new Spec("resnet-18", Settings.NONE, new TreeMap<>());
    for (int seed = 1; seed <= 2; seed++) {
      for (String method : List.of("cf", "a-cf")) {
        Cell cell =
            new Cell(
                glyphs,
                resNet,
                CLASS,
                0,
                method,
                WHOLE,
                Optional.empty(),
                Optional.empty(),
                Protocol.CORRECTED,
                seed);
        settings.put(
            cell,
            Map.of(
                Cell.ORIGINAL,
                Settings.of(Map.of("epochs", "7")),
                method,
                Settings.of(Map.of("epochs", method.equals("cf") ? "50" : "1", "batch", "64"))));
        train(cell, method.equals("cf") ? 29 + seed : 10);
      }
    }
    String full = FASTER + ", from = 1, full-size = [ resnet-18 ] }";
    assertTrue(row(sheet(full)).contains("| holds [1,2] |"), sheet(full).text());
    assertTrue(sheet(full).text().contains("[2] protocol corrected: docs/protocol.md"));
  }

  /** 2000 images in 40 clusters of each of ten classes: 5 a cluster. */
  @Test
  void a_claim_about_a_size_of_clusters_is_about_that_size() {
    String claim =
        FASTER.replace("time(a-cf)", "time(cf, reduced)") + ", from = 1, per-cluster = %s }";
    for (int seed = 1; seed <= 3; seed++) {
      Cell reduced = cell(CLASS, "cf", REDUCED, seed);
      train(reduced, 10);
      footings.put(
          reduced,
          new Footing(200, 1800, 140, OptionalInt.of(360), 15, 64, 0, Footing.Diet.RETAINED));
    }
    String five = row(sheet(claim.formatted("5.5"), 29, 30, 31));
    assertTrue(five.contains("| 3 | 6 | 3.00 ± 0.25 | – | above 1 | holds |"), five);
    String six = sheet(claim.formatted("6")).text();
    assertTrue(
        six.contains(
            "- faster: any dataset, random-class or uniform-10, 6 images a cluster; methods = [cf]; recipes = [whole, reduced]"),
        six);
  }

  @Test
  void a_claim_of_another_scenario_or_dataset_says_what_would_cover_it() {
    String uniform = FASTER.replace("scenario = any", "scenario = uniform") + ", from = 1 }";
    String text = sheet(uniform, 29, 30).text();
    assertTrue(
        text.contains("- faster: any dataset, uniform-10; methods = [cf, a-cf]; recipes = [whole]"),
        text);
    String svhn = sheet(FASTER + ", from = 1, dataset = svhn, full-size = [ resnet-18 ] }").text();
    assertTrue(
        svhn.contains(
            "- faster: svhn, random-class or uniform-10, resnet-18 with the authors' settings; methods = "),
        svhn);
  }

  @Test
  void facts_need_no_cell() {
    parameters = Map.of("resnet-18", 70, "convnet", 2);
    String fact =
        "{ id = light, source = S, text = T, scenario = fact, to = 36, from = 34, formula = "
            + "\"parameters(resnet-18) / parameters(convnet)\" }";
    ClaimSheet sheet = sheet(fact);
    assertTrue(sheet.text().contains("### before any run"), sheet.text());
    assertTrue(sheet.text().contains("Judged 0 times: 0 hold"), "nothing ran");
    assertTrue(row(sheet).contains("| T | S | – | – | 35.00 | – | 34 to 36 | holds |"), row(sheet));
    assertTrue(row(sheet(fact.replace("36", "34.5"))).contains("| does not hold |"));
    parameters = Map.of();
    assertTrue(sheet(fact).text().contains("- light: any dataset, no scenario; "));
  }

  @Test
  void a_control_that_holds_is_said_aloud() {
    ClaimSheet sound = sheet(FASTER + ", to = 1, control = true }", 29, 30, 31);
    assertEquals(List.of(), sound.heldControls());
    assertTrue(sound.text().contains("Of 1 controls, known to be false, none holds."));
    ClaimSheet broken = sheet(FASTER + ", from = 1, control = true }");
    assertEquals(1, broken.heldControls().size());
    ClaimSheet open = sheet(FASTER + ", from = 3, control = true }");
    assertEquals(List.of(), open.heldControls());
    assertTrue(row(open).contains("| not shown |"), row(open));
    assertTrue(open.text().contains("none holds; 1 are not shown to be false."), open.text());
    assertTrue(broken.text().contains("1 HOLD: results or judgement are wrong: faster"));
  }

  /** CF forgets 10 points less than A-CF with every seed: exchanged on every other one, 0. */
  @Test
  void exchanged_names_show_nothing() {
    String claim =
        "{ id = c, source = S, text = T, scenario = any, control = mixed, from = 5, formula = \"("
            + "(forget-accuracy(cf) - forget-accuracy(a-cf))"
            + " + (forget-accuracy(a-cf, next-seed) - forget-accuracy(cf, next-seed))) / 2\" }";
    for (int seed = 1; seed <= 4; seed++) {
      results.add(result(cell(UNIFORM, "cf", WHOLE, seed), 99, 90 + seed * 0.1, 60, 50));
      results.add(result(cell(UNIFORM, "a-cf", WHOLE, seed), 99, 80, 60, 50));
    }
    String row = row(sheet(claim));
    assertTrue(
        row.contains("| T | mixed | 2 | 8 | -0.0500 ± 0.0000 | – | above 5 | does not hold |"),
        row);
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
  void disturbed_overheads_have_one_too() {
    for (int seed = 1; seed <= 3; seed++) {
      Cell reduced = cell(CLASS, "cf", REDUCED, seed);
      train(reduced, 10);
      Map<String, Double> seconds = Map.of("clusterSeconds", 2.0, Timing.OTHERS, seed - 1.0);
      timings.add(timing(reduced, StageKind.CLUSTERS, seconds));
      timings.add(timing(reduced, StageKind.PROTOTYPES, Map.of("condenseSeconds", 1.0)));
    }
    String overhead = "{ id = o, source = S, text = T, scenario = any, to = 9, formula = ";
    String whole = sheet(overhead + "\"overhead(cf, reduced)\" }").text();
    assertTrue(whole.contains("holds [1] |"), whole);
    assertTrue(whole.contains("[1] times: disturbed"), whole);
    String condensing = sheet(overhead + "\"condensation(cf, reduced)\" }").text();
    assertFalse(condensing.contains("disturbed"), condensing);
  }

  /**
   * CF: 30 epochs of 3 x 1800 = 162,000 passes. A-CF: 1800/64 steps of 3 x 64 + 3 x 200 + 140.
   * Beside 3 measured times stand 162,000 / 26,212.5 = 6.18 expected ones, and the epochs.
   */
  @Test
  void beside_a_ratio_of_times_stand_the_one_of_passes_and_the_epochs() {
    for (int seed = 1; seed <= 3; seed++) {
      Cell cf = cell(UNIFORM, "cf", WHOLE, seed);
      Cell acf = cell(UNIFORM, "a-cf", WHOLE, seed);
      train(cf, 30);
      train(acf, 10);
      footings.put(
          cf, new Footing(200, 1800, 140, OptionalInt.empty(), 30, 64, 0, Footing.Diet.RETAINED));
      footings.put(
          acf, new Footing(200, 1800, 140, OptionalInt.empty(), 1, 64, 4, Footing.Diet.RETAINED));
      settings.put(cf, Map.of("cf", Settings.of(Map.of("epochs", "30"))));
      settings.put(acf, Map.of("a-cf", Settings.of(Map.of("epochs", "1"))));
    }
    String text = sheet(FASTER + ", from = 1 }").text();
    assertTrue(text.contains("| 3.00 ± 0.00 | 6.18 ± 0.00 |"), text);
    assertTrue(text.contains("epochs here: a-cf 1, cf 30; the authors': a-cf 1, cf 50"), text);
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
