package lethe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lethe.plan.Cell;
import lethe.plan.Protocol;
import lethe.plan.RetainRecipe;
import lethe.plan.Scenario;
import lethe.plan.Settings;
import lethe.plan.Spec;
import lethe.plan.StageKind;
import org.junit.jupiter.api.Test;

/** Blend condenses in 1 second, GM in so many as it has iterations; Blend's set trains better. */
class RivalsTest {
  private static final String BETTER =
      "{ id = b, source = S, text = T, scenario = none, rivals = as-authors, from = 0, formula = "
          + "\"test-accuracy(retraining, reduced, blend) - test-accuracy(retraining, reduced, gm)\" }";
  private static final String FASTER =
      "{ id = f, source = S, text = T, scenario = none, rivals = a-fortiori, from = 100, formula = "
          + "\"condensation(retraining, reduced, gm) / condensation(retraining, reduced, blend)\" }";

  private static Cell cell(String condenser, long seed) {
    return new Cell(
        Samples.GLYPHS,
        Samples.CONVNET,
        new Scenario.None(),
        0,
        "retraining",
        RetainRecipe.REDUCED,
        Optional.of(new Spec(condenser, Settings.NONE, new TreeMap<>())),
        Optional.of(10),
        Protocol.CORRECTED,
        seed);
  }

  private static Judgement judge(String claim, int blend, int gm, String rate) {
    List<Result> results = new ArrayList<>();
    List<Timing> timings = new ArrayList<>();
    Map<Cell, Map<String, Settings>> settings = new HashMap<>();
    for (long seed = 1; seed <= 3; seed++) {
      for (String id : List.of("blend", "gm")) {
        Cell cell = cell(id, seed);
        boolean own = id.equals("blend");
        results.add(Samples.result(cell, 50, 0, own ? 40 : 30 + 0.1 * seed, 50));
        timings.add(
            Samples.timing(cell, StageKind.PROTOTYPES, Map.of("condenseSeconds", own ? 1.0 : gm)));
        settings.put(
            cell,
            Map.of(
                id,
                Settings.of(
                    Map.of("iterations", own ? "" + blend : "" + gm, "learning-rate", rate))));
      }
    }
    AuthorsSettings authors =
        AuthorsSettings.read(
            ConfigFactory.parseString(
                "settings = [ { set { blend { iterations = 20 }"
                    + ", gm { iterations = 1001, learning-rate = 0.1 } } } ]"));
    Evidence evidence = Evidence.of(results, timings, new Groundwork(Map.of(), settings, Map.of()));
    List<Claim> claims =
        ClaimBook.read(ConfigFactory.parseString("claims = [ " + claim + " ]"), authors);
    return Judgement.of(claims.get(0), Place.of(cell("gm", 1)), evidence);
  }

  @Test
  void a_rival_run_for_less_is_not_beaten() {
    assertEquals(Verdict.HOLDS, judge(BETTER, 20, 1001, "0.1").verdict());
    Judgement weak = judge(BETTER, 20, 10, "0.1");
    assertEquals(Verdict.UNDETERMINED, weak.verdict());
    assertEquals(
        List.of(
            "about condensers as the authors run them: here gm has iterations = 10 in place of"
                + " 1001"),
        weak.notes());
    assertEquals(Verdict.UNDETERMINED, judge(BETTER, 20, 1001, "1").verdict(), "another rate");
  }

  @Test
  void who_is_faster_than_a_rival_run_for_less_is_faster_than_the_rival() {
    assertEquals(Verdict.HOLDS, judge(FASTER, 20, 1001, "0.1").verdict());
    Judgement harder = judge(FASTER, 20, 200, "0.1");
    assertEquals(Verdict.HOLDS, harder.verdict());
    assertTrue(harder.notes().get(0).startsWith("only more so"), harder.notes().get(0));
    assertEquals(Verdict.UNDETERMINED, judge(FASTER, 20, 50, "0.1").verdict(), "no evidence");
    assertEquals(Verdict.UNDETERMINED, judge(FASTER, 20, 2000, "0.1").verdict(), "a slow rival");
    assertEquals(Verdict.UNDETERMINED, judge(FASTER, 10, 1001, "0.1").verdict(), "a quick Blend");
  }
}
