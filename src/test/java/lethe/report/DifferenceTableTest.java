package lethe.report;

import static lethe.plan.RetainRecipe.REDUCED;
import static lethe.plan.RetainRecipe.WHOLE;
import static lethe.report.Samples.CLASS;
import static lethe.report.Samples.cell;
import static lethe.report.Samples.result;
import static lethe.report.Samples.timing;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lethe.plan.Cell;
import lethe.plan.StageKind;
import org.junit.jupiter.api.Test;

class DifferenceTableTest {
  private final List<Result> results = new ArrayList<>();
  private final List<Timing> timings = new ArrayList<>();

  private void add(Cell cell, double retain, double test, double seconds) {
    results.add(result(cell, retain, 0, test, 50));
    timings.add(timing(cell, StageKind.UNLEARNED, Map.of("unlearn", seconds, "wait", 100.0)));
  }

  private List<List<String>> rows() {
    return new DifferenceTable(
            List.of("retraining", "cf"),
            Map.of("cf", "CF", "retraining", "Retraining"),
            results,
            timings)
        .text()
        .lines()
        .filter(line -> line.startsWith("| CF") || line.startsWith("| Retraining"))
        .map(line -> Stream.of(line.substring(1).split("\\|", -1)).map(String::strip).toList())
        .toList();
  }

  /** Test 60, 70, 80 and 62, 73, 81: differences 2, 3, 1, mean 2, sd 1, 4.3027 / √3 = 2.48. */
  @Test
  void differences_are_taken_seed_by_seed() {
    double[] more = {2, 3, 1};
    for (int seed = 1; seed <= 3; seed++) {
      add(cell(CLASS, "retraining", WHOLE, seed), 90, 50 + 10 * seed, 8);
      add(cell(CLASS, "cf", WHOLE, seed), 95, 50 + 10 * seed + more[seed - 1], 4 + seed);
      add(cell(CLASS, "cf", REDUCED, seed), 92, 50 + 10 * seed, 1 + seed);
    }
    assertEquals(
        List.of(
            List.of(
                "CF",
                "whole",
                "Retraining",
                "3",
                "0.00 ± 0.00",
                "5.00 ± 0.00 ≠",
                "0.00 ± 0.00",
                "2.00 ± 2.48",
                "-2.00 ± 2.48",
                ""),
            List.of(
                "CF",
                "reduced, blend, 40 a class",
                "Retraining",
                "3",
                "0.00 ± 0.00",
                "2.00 ± 0.00 ≠",
                "0.00 ± 0.00",
                "0.00 ± 0.00",
                "-5.00 ± 2.48 ≠",
                ""),
            List.of(
                "CF",
                "reduced, blend, 40 a class",
                "whole",
                "3",
                "0.00 ± 0.00",
                "-3.00 ± 0.00 ≠",
                "0.00 ± 0.00",
                "-2.00 ± 2.48",
                "-3.00 ± 0.00 ≠",
                "")),
        rows());
  }

  @Test
  void a_seed_that_only_one_side_has_does_not_count() {
    add(cell(CLASS, "retraining", WHOLE, 1), 90, 60, 8);
    add(cell(CLASS, "cf", WHOLE, 1), 95, 65, 4);
    add(cell(CLASS, "cf", WHOLE, 2), 99, 99, 4);
    assertEquals(
        List.of(
            List.of("CF", "whole", "Retraining", "1", "0.00", "5.00", "0.00", "5.00", "-4.00", "")),
        rows());
  }

  @Test
  void without_retraining_there_is_nothing_to_compare() {
    add(cell(CLASS, "cf", WHOLE, 1), 95, 65, 4);
    assertEquals(List.of(), rows());
  }
}
