package lethe.kernel.array;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.Stream;
import lethe.oracle.OracleCase;
import lethe.oracle.OracleCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class AttackOracleTest {
  @TestFactory
  Stream<DynamicTest> phi_agrees_with_every_golden_case() {
    return OracleCases.tests(
        "lira-statistic-phi",
        c -> {
          double[] logits = OracleCase.doubles(c.inputs().get("logits"));
          c.assertClose("phi", LiraStatistic.of(logits, c.inputs().get("label").asInt()));
        });
  }

  @TestFactory
  Stream<DynamicTest> the_attack_agrees_with_every_golden_case() {
    return OracleCases.tests("mia-auc", AttackOracleTest::check);
  }

  private static void check(OracleCase c) {
    double[] members = OracleCase.doubles(c.inputs().get("memberScores"));
    double[] others = OracleCase.doubles(c.inputs().get("nonMemberScores"));
    c.assertClose("rankAuc", Auc.of(members, others));
    c.assertClose("tprAtFpr1pct", TprAtFpr.of(members, others, 0.01));
    c.assertClose("tprAtFpr0p1pct", TprAtFpr.of(members, others, 0.001));

    int size = c.params().get("truncateTo").asInt();
    double[] cutMembers = Arrays.copyOf(members, size);
    double[] cutOthers = Arrays.copyOf(others, size);
    c.assertClose("rankAucTruncated", Auc.of(cutMembers, cutOthers));
    checkAttack(c, cutMembers, cutOthers);
  }

  private static void checkAttack(OracleCase c, double[] members, double[] others) {
    JsonNode want = c.expected();
    int folds = c.params().get("folds").asInt();
    double threshold = c.params().get("swapThreshold").asDouble();
    int[] given = OracleCase.integers(c.inputs().get("foldIds"));
    double tolerance = want.get("pooledCvAucPercentGivenFoldsTolerance").asDouble();
    double ownTolerance = want.get("pooledCvAucPercentTolerance").asDouble();

    double percent = CrossValidatedAuc.percent(members, others, given, folds);
    JsonNode wanted = want.get("pooledCvAucPercentGivenFolds");
    c.assertClose("pooledCvAucPercentGivenFolds", wanted, percent, tolerance, 0);

    int[] own = CrossValidatedAuc.stratifiedFolds(members.length, folds, new Draws(1));
    double withOwn = CrossValidatedAuc.percent(members, others, own, folds);
    c.assertClose("pooledCvAucPercent", want.get("pooledCvAucPercent"), withOwn, ownTolerance, 0);

    if (want.get("swapDecisionRobust").asBoolean()) {
      double swapped = CrossValidatedAuc.percent(others, members, given, folds);
      c.assertClose("swapped", want.get("swappedPooledCvAucPercent"), swapped, ownTolerance, 0);
      CrossValidatedAuc.Outcome outcome =
          CrossValidatedAuc.attack(members, others, given, folds, threshold);
      assertEquals(want.get("swapTriggered").asBoolean(), outcome.swapped());
      JsonNode score = want.get("scoreAfterSwapRulePercent");
      c.assertClose("scoreAfterSwapRule", score, outcome.percent(), ownTolerance, 0);
    }
    CrossValidatedAuc.Outcome ruled =
        CrossValidatedAuc.swapRule(
            want.get("pooledCvAucPercent").asDouble(),
            threshold,
            () -> want.get("swappedPooledCvAucPercent").asDouble());
    c.assertClose("swapTriggered", ruled.swapped());
    c.assertClose("scoreAfterSwapRulePercent", ruled.percent());
  }
}
