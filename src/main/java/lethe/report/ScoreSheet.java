package lethe.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lethe.plan.Cell;
import lethe.plan.Scenario;
import lethe.plan.Spec;

/**
 * {@code scores.csv}: one row for each finished cell and metric, sorted, without times, so that the
 * same grid on the same machine gives the same bytes however it was run.
 */
public final class ScoreSheet {
  /** The row every method is compared with. */
  static final String REFERENCE = Cell.RETRAINING;

  /** The metric derived here. */
  public static final String GAP = "gap-to-retraining";

  /** The metrics a gap is the mean of, in the order they are summed. */
  static final List<String> GAP_METRICS =
      List.of("retain-accuracy", "forget-accuracy", "test-accuracy", "mia-rank-auc");

  private static final String ATTACK = "mia-";
  private static final Set<String> ABOUT_ATTACK =
      Set.of(
          "swapped-attack",
          "few-for-attack",
          "too-few-for-attack",
          "over-forgotten",
          "no-non-members");

  private ScoreSheet() {}

  public static String text(Collection<Result> results) {
    List<String> header = new ArrayList<>(CellColumns.HEADER);
    header.addAll(List.of("metric", "value", "flags"));
    List<List<String>> rows = new ArrayList<>();
    for (Result result : withGaps(results)) {
      result
          .scores()
          .values()
          .forEach(
              (metric, value) -> {
                List<String> row = new ArrayList<>(CellColumns.of(result.cell()));
                row.add(metric);
                row.add(Csv.number(value));
                row.add(String.join(";", flagsOf(metric, result.scores().flags())));
                rows.add(row);
              });
    }
    return Csv.text(header, rows);
  }

  /** Flags about the attack stand on the attack's rows, all others on every row of the cell. */
  static List<String> flagsOf(String metric, List<String> flags) {
    return flags.stream()
        .filter(flag -> metric.startsWith(ATTACK) || !ABOUT_ATTACK.contains(flag))
        .sorted()
        .toList();
  }

  /** The results in sheet order, each with its gap where its reference is finished. */
  static List<Result> withGaps(Collection<Result> results) {
    Map<Arm, Result> references = new HashMap<>();
    for (Result result : results) {
      if (result.cell().isReference()) {
        references.put(Arm.of(result.cell()), result);
      }
    }
    return results.stream()
        .sorted(Comparator.comparing(Result::cell, CellColumns.ORDER))
        .map(
            result ->
                result.cell().isReference()
                    ? result
                    : withGap(result, Optional.ofNullable(references.get(Arm.of(result.cell())))))
        .collect(Collectors.toList());
  }

  private static Result withGap(Result result, Optional<Result> reference) {
    Optional<Double> gap = reference.flatMap(r -> gap(result, r));
    if (gap.isEmpty()) {
      return result;
    }
    return new Result(result.cell(), result.scores().and(Map.of(GAP, gap.get())));
  }

  /** (1/4) Σ |metric − metric of Retraining|, in points. */
  private static Optional<Double> gap(Result result, Result reference) {
    double sum = 0;
    for (String metric : GAP_METRICS) {
      Double ours = result.scores().values().get(metric);
      Double theirs = reference.scores().values().get(metric);
      if (ours == null || theirs == null) {
        return Optional.empty();
      }
      sum += Math.abs(ours - theirs);
    }
    return Optional.of(sum / GAP_METRICS.size());
  }

  /** What a method and its reference have in common. */
  private record Arm(Spec dataset, Spec network, Scenario scenario, int round, long seed) {
    static Arm of(Cell cell) {
      return new Arm(cell.dataset(), cell.network(), cell.scenario(), cell.round(), cell.seed());
    }
  }
}
