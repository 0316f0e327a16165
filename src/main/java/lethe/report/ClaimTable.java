package lethe.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import lethe.plan.Cell;
import lethe.plan.RetainRecipe;
import lethe.plan.Scenario;
import lethe.plan.Spec;
import lethe.plan.StageKind;

/**
 * Which of the paper's claims hold here, computed from finished cells, pair by pair of one seed:
 *
 * <ul>
 *   <li>weights retrained without F know F as well as unseen images of the same classes (uniform
 *       scenario), or not at all (class scenario);
 *   <li>A-CF is faster than CF by the ratio of their image passes ({@link Footing#passes});
 *   <li>a method on the reduced retain set is faster than on the whole in proportion to the sizes.
 * </ul>
 */
public final class ClaimTable {
  private static final double NEAR = 1.25; // a ratio within 25 percent of the predicted one holds
  private static final double POINTS = 5; // of accuracy: a wider interval covers everything
  private static final double SHARE = 0.25; // of a ratio, likewise
  private static final String UNDETERMINED = "undetermined";
  private static final double NOTHING =
      1.0; // percent; a forgotten class may be guessed now and then

  private final Map<Cell, Result> results = new LinkedHashMap<>();
  private final Map<Cell, Double> seconds = new HashMap<>();
  private final Map<Cell, Footing> footings;

  public ClaimTable(
      Collection<Result> results, Collection<Timing> timings, Map<Cell, Footing> footings) {
    results.stream()
        .sorted(Comparator.comparing(Result::cell, CellColumns.ORDER))
        .forEach(r -> this.results.put(r.cell(), r));
    timings.stream()
        .filter(t -> t.stage() == StageKind.UNLEARNED)
        .forEach(t -> seconds.put(t.cell(), t.workSeconds()));
    this.footings = Map.copyOf(footings);
  }

  public String text() {
    Map<List<String>, List<Pair>> claims = new LinkedHashMap<>();
    for (Result result : results.values()) {
      for (Claim claim : claims(result)) {
        claims.computeIfAbsent(claim.row(), r -> new ArrayList<>()).add(claim.pair());
      }
    }
    if (claims.isEmpty()) {
      return "No pair of cells that a claim compares is finished yet.\n";
    }
    List<List<String>> rows = new ArrayList<>();
    claims.forEach((row, pairs) -> rows.add(row(row, pairs)));
    return "## Do the paper's claims hold here?\n\n"
        + Columns.markdown(
            List.of("claim", "where", "scenario", "n", "measured", "expected", "verdict"), rows)
        + """

        Measured: mean over seeds ± half-width of its 95% confidence interval. A level holds when the interval
        covers the expected value, "0" when no more than 1% are still recognised, a ratio when the measured mean
        is within 25% of the expected one. What would hold, but with an interval wider than ± 5 points of
        accuracy or ± 25% of the measured ratio, or from one seed, is undetermined: noise proves nothing.
        Expected ratios count image passes, forward 1 and backward 2, and nothing else: optimiser steps and
        memory traffic are not in them.
        """;
  }

  /** What one seed says about one claim. */
  private record Pair(double measured, double expected) {}

  private record Claim(List<String> row, Pair pair) {}

  private static final String LEVEL = "retrained: forget minus test accuracy";
  private static final String FORGOTTEN = "retrained: forget accuracy";
  private static final String FASTER = "time of CF / time of A-CF";
  private static final String SMALLER = "time reduced / time whole, ";

  private List<Claim> claims(Result result) {
    Cell cell = result.cell();
    List<Claim> claims = new ArrayList<>();
    if (cell.recipe() == RetainRecipe.WHOLE && cell.method().equals(ScoreSheet.REFERENCE)) {
      forgets(result).ifPresent(claims::add);
    }
    if (cell.recipe() == RetainRecipe.WHOLE && cell.method().equals("a-cf")) {
      faster(cell).ifPresent(claims::add);
    }
    if (cell.recipe() == RetainRecipe.REDUCED) {
      smaller(cell).ifPresent(claims::add);
    }
    return claims;
  }

  private static Optional<Claim> forgets(Result result) {
    Double forget = result.scores().values().get("forget-accuracy");
    Double test = result.scores().values().get("test-accuracy");
    if (forget == null || test == null) {
      return Optional.empty();
    }
    return Optional.of(
        result.cell().scenario() instanceof Scenario.Uniform
            ? claim(LEVEL, result.cell(), forget - test, 0)
            : claim(FORGOTTEN, result.cell(), forget, 0));
  }

  private Optional<Claim> faster(Cell cell) {
    return twin(cell, "cf", RetainRecipe.WHOLE)
        .flatMap(cf -> ratio(FASTER, cell, seconds(cf) / seconds(cell), passes(cf) / passes(cell)));
  }

  private Optional<Claim> smaller(Cell cell) {
    return twin(cell, cell.method(), RetainRecipe.WHOLE)
        .flatMap(
            whole ->
                ratio(
                    SMALLER + cell.method(),
                    cell,
                    seconds(cell) / seconds(whole),
                    passes(cell) / passes(whole)));
  }

  private static Optional<Claim> ratio(String claim, Cell cell, double measured, double expected) {
    return Double.isFinite(measured) && Double.isFinite(expected)
        ? Optional.of(claim(claim, cell, measured, expected))
        : Optional.empty();
  }

  private double seconds(Cell cell) {
    return seconds.getOrDefault(cell, Double.NaN);
  }

  private double passes(Cell cell) {
    Footing footing = footings.get(cell);
    if (footing == null) {
      return Double.NaN;
    }
    double all = (double) footing.forget() + footing.retain();
    // where classes are forgotten, T' is T's share of them; classes are taken as balanced
    double share = cell.scenario() instanceof Scenario.Uniform ? 1 : footing.forget() / all;
    return footing.passes(footing.unseen() * share);
  }

  /** The cell of another arm of the same seed, where both have their seconds. */
  private Optional<Cell> twin(Cell cell, String method, RetainRecipe recipe) {
    return results.keySet().stream()
        .filter(
            c ->
                c.dataset().equals(cell.dataset())
                    && c.network().equals(cell.network())
                    && c.scenario().equals(cell.scenario())
                    && c.round() == cell.round()
                    && c.seed() == cell.seed()
                    && c.method().equals(method)
                    && c.recipe() == recipe)
        .findFirst();
  }

  private static Claim claim(String claim, Cell cell, double measured, double expected) {
    Spec dataset = cell.dataset();
    String where = dataset.id() + " · " + cell.network().id();
    return new Claim(List.of(claim, where, cell.scenario().id()), new Pair(measured, expected));
  }

  private static List<String> row(List<String> row, List<Pair> pairs) {
    Estimate measured = Estimate.of(pairs.stream().map(Pair::measured).toList());
    Estimate expected = Estimate.of(pairs.stream().map(Pair::expected).toList());
    List<String> words = new ArrayList<>(row);
    words.add(String.valueOf(measured.n()));
    words.add(measured.text());
    words.add(String.format(Locale.ROOT, "%.2f", expected.mean()));
    words.add(verdict(row.get(0), measured, expected.mean()));
    return words;
  }

  private static String verdict(String claim, Estimate measured, double expected) {
    if (claim.equals(LEVEL)) {
      if (measured.n() < 2) {
        return UNDETERMINED; // no interval
      }
      return measured.covers(0) ? unless(measured.half() > POINTS) : "does not hold";
    }
    if (claim.equals(FORGOTTEN)) {
      return measured.mean() <= NOTHING ? "holds" : "does not hold";
    }
    double off = measured.mean() / expected;
    // One seed has no interval, and NaN is within no margin.
    boolean sharp = measured.half() <= SHARE * measured.mean();
    return off <= NEAR && off >= 1 / NEAR ? unless(!sharp) : "does not hold";
  }

  private static String unless(boolean vague) {
    return vague ? UNDETERMINED : "holds";
  }
}
