package lethe.kernel.array;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lethe.oracle.OracleCase;
import lethe.oracle.OracleCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ShadowAttackOracleTest {
  @TestFactory
  Stream<DynamicTest> agree_with_every_golden_case() {
    return OracleCases.tests("lira-shadow", ShadowAttackOracleTest::check);
  }

  private static void check(OracleCase c) {
    switch (c.params().get("method").asText()) {
      case "lira" -> new LiraCase(c).check();
      case "rmia-offline" -> checkRmia(c);
      default -> throw new AssertionError(c + ": no such method");
    }
  }

  private static void checkRmia(OracleCase c) {
    double a = c.params().get("a").asDouble();
    double gamma = c.params().get("gamma").asDouble();
    double[] ratios = ratios(c, "pXTarget", "pXOutReference", a);
    c.assertClose("ratioX", ratios);
    checkRmia(c, c.expected().get("zPriorScaled"), ratios, a, gamma);
    checkRmia(c, c.expected().get("zPriorPlain"), ratios, 1, gamma);
  }

  private static void checkRmia(
      OracleCase c, JsonNode want, double[] ratios, double aOfPopulation, double gamma) {
    double[] population = ratios(c, "pZTarget", "pZReference", aOfPopulation);
    c.assertClose("ratioZ", want.get("ratioZ"), population);
    c.assertClose("scores", want.get("scores"), Rmia.scores(ratios, population, gamma));
  }

  private static double[] ratios(OracleCase c, String targets, String references, double a) {
    return Rmia.ratios(
        OracleCase.doubles(c.inputs().get(targets)),
        OracleCase.rows(c.inputs().get(references)),
        a);
  }

  /** Every variant of LiRA on one case. */
  private record LiraCase(
      OracleCase c, double[] targets, int[] member, double[][] in, double[][] out) {
    LiraCase(OracleCase c) {
      this(
          c,
          OracleCase.doubles(c.inputs().get("targetScores")),
          OracleCase.integers(c.inputs().get("isMember")),
          side(c, 1),
          side(c, 0));
    }

    /** Scores of the shadow models that had an example, or had not. */
    private static double[][] side(OracleCase c, int had) {
      double[][] scores = OracleCase.rows(c.inputs().get("shadowScores"));
      int[][] mask = OracleCase.integerRows(c.inputs().get("inMask"));
      return IntStream.range(0, scores.length)
          .mapToObj(
              i ->
                  IntStream.range(0, scores[i].length)
                      .filter(s -> mask[i][s] == had)
                      .mapToDouble(s -> scores[i][s])
                      .toArray())
          .toArray(double[][]::new);
    }

    void check() {
      for (ShadowNormals.Centre centre : ShadowNormals.Centre.values()) {
        check(centre, ShadowNormals.Spread.OWN, "online", "offlineZ");
        check(centre, ShadowNormals.Spread.TOTAL, "onlineFixedTotal", "offlineFixedTotalZ");
        check(centre, ShadowNormals.Spread.WITHIN, "onlineFixedWithin", "offlineFixedWithinZ");
      }
      checkFixed(ShadowNormals.Spread.TOTAL, "globalStdTotal");
      checkFixed(ShadowNormals.Spread.WITHIN, "globalStdWithin");
    }

    private void checkFixed(ShadowNormals.Spread spread, String field) {
      double[] deviations =
          Stream.of(in, out)
              .map(side -> ShadowNormals.of(side, ShadowNormals.Centre.MEAN, spread))
              .mapToDouble(normals -> normals.deviations()[0])
              .toArray();
      c.assertClose(field, deviations);
    }

    private void check(
        ShadowNormals.Centre centre, ShadowNormals.Spread spread, String online, String offline) {
      JsonNode want = c.expected().get(centre.name().toLowerCase(Locale.ROOT));
      ShadowNormals ofIn = ShadowNormals.of(in, centre, spread);
      ShadowNormals ofOut = ShadowNormals.of(out, centre, spread);
      checkScores(online, want.get(online), Lira.online(targets, ofIn, ofOut));
      double[] standardised = Lira.offline(targets, ofOut);
      checkScores(offline, want.get(offline), standardised);
      if (spread == ShadowNormals.Spread.OWN) {
        double[] probabilities = Arrays.stream(standardised).map(Lira::probability).toArray();
        checkScores("offlineCdf", want.get("offlineCdf"), probabilities);
      }
    }

    private void checkScores(String what, JsonNode want, double[] scores) {
      c.assertClose(what + ".scores", want.get("scores"), scores);
      double[] members = of(1, scores);
      double[] others = of(0, scores);
      c.assertClose(what + ".auc", want.get("auc"), Auc.of(members, others));
      c.assertClose(what, want.get("tprAtFpr1pct"), TprAtFpr.of(members, others, 0.01));
      c.assertClose(what, want.get("tprAtFpr0p1pct"), TprAtFpr.of(members, others, 0.001));
    }

    private double[] of(int membership, double[] scores) {
      return IntStream.range(0, scores.length)
          .filter(i -> member[i] == membership)
          .mapToDouble(i -> scores[i])
          .toArray();
    }
  }
}
