package lethe.report;

import static lethe.plan.RetainRecipe.REDUCED;
import static lethe.plan.RetainRecipe.WHOLE;
import static lethe.report.Samples.CLASS;
import static lethe.report.Samples.cell;
import static lethe.report.Samples.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreSheetTest {
  @Test
  void a_row_says_whose_number_it_is() {
    String text = ScoreSheet.text(List.of(result(cell(CLASS, "a-cf", REDUCED, 2), 99, 1, 70, 51)));
    String[] lines = text.split("\n", -1);
    assertEquals(
        "dataset,network,scenario,round,method,recipe,condenser,ipc,variant,seed,metric,value,flags",
        lines[0]);
    assertEquals(
        "glyphs,convnet,random-class,0,a-cf,reduced,blend,40,train-per-class=200;width=32,2,"
            + "forget-accuracy,1.000000,",
        lines[1]);
    assertEquals("", lines[lines.length - 1]);
  }

  @Test
  void the_gap_is_the_mean_distance_to_retraining_on_the_whole_retain_set() {
    // |98 - 100| = 2, |4 - 0| = 4, |70 - 72| = 2, |56 - 52| = 4: mean 3.
    String text =
        ScoreSheet.text(
            List.of(
                result(cell(CLASS, "retraining", WHOLE, 1), 100, 0, 72, 52),
                result(cell(CLASS, "retraining", REDUCED, 1), 98, 4, 70, 56)));
    List<String> gaps = text.lines().filter(l -> l.contains(ScoreSheet.GAP)).toList();
    assertEquals(1, gaps.size());
    assertTrue(gaps.get(0).endsWith("gap-to-retraining,3.000000,"), gaps.get(0));
  }

  @Test
  void without_retraining_of_the_same_seed_there_is_no_gap() {
    String text =
        ScoreSheet.text(
            List.of(
                result(cell(CLASS, "retraining", WHOLE, 1), 100, 0, 72, 52),
                result(cell(CLASS, "cf", WHOLE, 2), 98, 4, 70, 56)));
    assertFalse(text.contains(ScoreSheet.GAP));
  }

  @Test
  void the_order_of_work_does_not_show() {
    List<Result> results = new ArrayList<>();
    for (long seed : new long[] {10, 2, 1}) {
      results.add(result(cell(CLASS, "cf", WHOLE, seed), 98, 4, 70, 56));
      results.add(result(cell(CLASS, "retraining", WHOLE, seed), 100, 0, 72, 52));
    }
    String text = ScoreSheet.text(results);
    Collections.reverse(results);
    assertEquals(text, ScoreSheet.text(results));
    assertTrue(text.indexOf("32,2,test") < text.indexOf("32,10,test"), "seeds count as numbers");
  }

  @Test
  void a_flag_about_the_attack_stands_on_the_attacks_rows_only() {
    String text =
        ScoreSheet.text(
            List.of(result(cell(CLASS, "cf", WHOLE, 1), 98, 4, 70, 56, List.of("swapped-attack"))));
    assertEquals(2, text.lines().filter(l -> l.endsWith(",swapped-attack")).count());
    assertTrue(
        text.lines().filter(l -> l.endsWith(",swapped-attack")).allMatch(l -> l.contains("mia-")));
  }

  @Test
  void what_is_no_number_is_empty_and_zero_has_no_sign() {
    assertEquals("", Csv.number(Double.NaN));
    assertEquals("0.000000", Csv.number(-1e-9));
    assertEquals("12.345679", Csv.number(12.3456789));
  }
}
