package lethe.report;

import static lethe.plan.RetainRecipe.CONDENSED_FREE;
import static lethe.plan.RetainRecipe.FREE;
import static lethe.plan.RetainRecipe.REDUCED;
import static lethe.plan.RetainRecipe.WHOLE;
import static lethe.report.Samples.UNIFORM;
import static lethe.report.Samples.cell;
import static lethe.report.Samples.timing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lethe.data.Scores;
import lethe.plan.Cell;
import lethe.plan.RetainRecipe;
import lethe.plan.StageKind;
import org.junit.jupiter.api.Test;

class LongTableTest {
  private static String table(List<Result> results, List<Timing> timings) {
    return new PaperTable("sample", List.of("cf"), Map.of("cf", "CF"), results, timings).text();
  }

  private static Result result(Cell cell, Map<String, Double> values) {
    return new Result(cell, new Scores(new TreeMap<>(values), List.of()));
  }

  /** The cells of the rows of a method and recipe, in the order of the sections. */
  private static List<List<String>> rows(String table, String recipe) {
    return table
        .lines()
        .filter(l -> l.startsWith("| CF "))
        .map(l -> List.of(l.substring(1).split("\\|", -1)).stream().map(String::strip).toList())
        .filter(row -> row.get(1).equals(recipe))
        .toList();
  }

  @Test
  void more_than_two_arms_stand_below_each_other() {
    List<Result> results = new ArrayList<>();
    for (RetainRecipe recipe : List.of(REDUCED, WHOLE, FREE, CONDENSED_FREE)) {
      results.add(
          result(
              cell(UNIFORM, "cf", recipe, 1),
              Map.of("retain-accuracy", 90.0, "free-retain-accuracy", 95.0)));
    }
    String table = table(results, List.of());
    assertTrue(table.contains("recipe |     n | retain | free retain | time, s |"), table);
    assertTrue(table.indexOf("condensed-free |") < table.indexOf("       reduced |"), table);
    assertEquals("95.00", rows(table, "free").get(0).get(4));
    assertTrue(table.contains("\"residual\" where"), "and the legend explains the parts");
  }

  @Test
  void rounds_have_a_section_each_and_add_their_seconds() {
    List<Result> results = new ArrayList<>();
    List<Timing> timings = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      for (int seed = 1; seed <= 2; seed++) {
        Cell cell = cell(UNIFORM, "cf", WHOLE, seed).inRound(round);
        results.add(
            result(
                cell,
                round == 0
                    ? Map.of("forget-accuracy", 10.0)
                    : Map.of("forget-accuracy", 10.0, "all-forgotten-accuracy", 20.0)));
        timings.add(timing(cell, StageKind.UNLEARNED, Map.of("unlearn", 4.0 - round)));
      }
    }
    String table = table(results, timings);
    // 4, then 4 + 3 = 7, then 7 + 2 = 9 seconds
    List<List<String>> rows = rows(table, "whole");
    assertEquals(List.of("4.00 ± 0.00", "3.00 ± 0.00", "2.00 ± 0.00"), column(rows, 4, 5, 5));
    assertEquals("7.00 ± 0.00", rows.get(1).get(6));
    assertEquals("9.00 ± 0.00", rows.get(2).get(6));
    assertEquals("20.00 ± 0.00", rows.get(1).get(4));
    assertTrue(table.contains("uniform-10 · round 3"), table);
    assertFalse(rows.get(0).contains("20.00 ± 0.00"));
  }

  private static List<String> column(List<List<String>> rows, int... at) {
    List<String> column = new ArrayList<>();
    for (int i = 0; i < at.length; i++) {
      column.add(rows.get(i).get(at[i]));
    }
    return column;
  }

  @Test
  void overheads_are_told_arm_by_arm() {
    Cell free = cell(UNIFORM, "cf", FREE, 1);
    Cell again = cell(UNIFORM, "cf", CONDENSED_FREE, 1);
    List<Timing> timings =
        List.of(
            timing(free, StageKind.CLUSTERS, Map.of("cluster", 1.0)),
            timing(again, StageKind.CLUSTERS, Map.of("cluster", 1.0)),
            timing(again, StageKind.PROTOTYPES, Map.of("condense", 5.0)));
    List<Result> results =
        List.of(
            result(cell(UNIFORM, "cf", WHOLE, 1), Map.of("retain-accuracy", 1.0)),
            result(free, Map.of("retain-accuracy", 1.0)),
            result(again, Map.of("retain-accuracy", 1.0)));
    String table = table(results, timings);
    assertTrue(
        table.contains("free: clusters 1.00; condensed-free: clusters 1.00, condensation 5.00."),
        table);
  }
}
