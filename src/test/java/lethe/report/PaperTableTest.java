package lethe.report;

import static lethe.plan.RetainRecipe.REDUCED;
import static lethe.plan.RetainRecipe.WHOLE;
import static lethe.report.Samples.CLASS;
import static lethe.report.Samples.cell;
import static lethe.report.Samples.result;
import static lethe.report.Samples.timing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lethe.plan.Cell;
import lethe.plan.StageKind;
import org.junit.jupiter.api.Test;

class PaperTableTest {
  private static String table(List<Result> results, List<Timing> timings) {
    return new PaperTable(
            "sample", List.of("retraining", "cf"), Map.of("cf", "CF"), results, timings)
        .text();
  }

  private static List<String> rowOf(String table, String method) {
    return table
        .lines()
        .filter(l -> l.startsWith("| " + method + " "))
        .findFirst()
        .map(l -> List.of(l.substring(1).split("\\|", -1)).stream().map(String::strip).toList())
        .orElseThrow();
  }

  @Test
  void a_row_has_mean_and_interval_over_seeds() {
    // Retain 90, 92, 94: mean 92, sd 2, t(2) = 4.3027, half-width 4.3027 * 2 / sqrt(3) = 4.97.
    List<Result> results = new ArrayList<>();
    List<Timing> timings = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++) {
      Cell cell = cell(CLASS, "cf", WHOLE, seed);
      results.add(result(cell, 88 + 2 * seed, 0, 70, 50));
      timings.add(timing(cell, StageKind.UNLEARNED, Map.of("unlearn", 5.0, "wait", 100.0)));
    }
    List<String> row = rowOf(table(results, timings), "CF");
    assertEquals("3", row.get(1));
    assertEquals("92.00 ± 4.97", row.get(3));
    assertEquals("5.00 ± 0.00", row.get(6), "waiting is not the method's time");
  }

  @Test
  void one_seed_has_no_interval_and_a_missing_arm_a_dash() {
    String table =
        table(
            List.of(
                result(cell(CLASS, "cf", WHOLE, 1), 98, 4, 70, 56),
                result(cell(CLASS, "retraining", REDUCED, 1), 99, 0, 71, 50)),
            List.of());
    assertEquals("98.00", rowOf(table, "CF").get(3));
    assertEquals("–", rowOf(table, "CF").get(8));
    assertEquals("–", rowOf(table, "retraining").get(3));
  }

  @Test
  void the_original_stands_first() {
    String table =
        table(
            List.of(
                result(cell(CLASS, "cf", WHOLE, 1), 98, 4, 70, 56),
                result(cell(CLASS, Cell.ORIGINAL, WHOLE, 1), 99, 99, 71, 80)),
            List.of());
    assertTrue(table.indexOf("| original ") < table.indexOf("| CF "));
  }

  @Test
  void a_flag_is_a_footnote() {
    Cell cell = cell(CLASS, "cf", WHOLE, 1);
    String table =
        table(
            List.of(result(cell, 98, 4, 70, 56, List.of("swapped-attack"))),
            List.of(
                timing(cell, StageKind.UNLEARNED, Map.of("unlearn", 5.0), List.of("overlapped"))));
    assertEquals("56.00 [1]", rowOf(table, "CF").get(2));
    assertEquals("98.00", rowOf(table, "CF").get(3));
    assertEquals("5.00 [2]", rowOf(table, "CF").get(6));
    assertTrue(table.contains("[1] swapped-attack (seed 1)"));
    assertTrue(table.contains("scores.csv as mia-rank-auc"), "the legend names what never swaps");
    assertTrue(table.contains("[2] overlapped (seed 1)"));
  }

  @Test
  void an_overhead_shared_by_many_cells_counts_once_a_seed() {
    List<Result> results = new ArrayList<>();
    List<Timing> timings = new ArrayList<>();
    for (String method : List.of("cf", "retraining")) {
      Cell cell = cell(CLASS, method, REDUCED, 1);
      results.add(result(cell, 98, 4, 70, 56));
      timings.add(timing(cell, StageKind.PARTS, Map.of("sample", 0.25)));
    }
    assertTrue(table(results, timings).contains("F-sampling 0.25."), table(results, timings));
  }

  @Test
  void features_and_clusters_are_also_one_sum() {
    // seed 1: 1.5 + 0.5, seed 2: 2.5 + 0.5, seed 3: only clusters; mean 2.5, half 12.71 * 0.5.
    List<Result> results = new ArrayList<>();
    List<Timing> timings = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++) {
      Cell cell = cell(CLASS, "cf", REDUCED, seed);
      results.add(result(cell, 98, 4, 70, 56));
      timings.add(timing(cell, StageKind.CLUSTERS, Map.of("cluster", 0.5)));
      if (seed < 3) {
        timings.add(timing(cell, StageKind.FEATURES, Map.of("embed", 0.5 + seed)));
      }
    }
    String table = table(results, timings);
    assertTrue(table.contains("clusters 0.50 ± 0.00, clusters in all 2.50 ± 6.35."), table);
  }

  @Test
  void nothing_finished_is_said_in_a_sentence() {
    String table = table(List.of(), List.of());
    assertTrue(table.contains("No cell is finished yet."));
    assertFalse(table.contains("|"));
  }
}
