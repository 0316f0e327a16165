package lethe.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import lethe.plan.Cell;
import lethe.plan.RetainRecipe;
import org.jspecify.annotations.Nullable;

/**
 * Differences between rows of a table, seed by seed: of every method from Retraining on the whole
 * retain set, and of every other arm from the whole one. Both rows of a seed have the same forget
 * set, test images and start, so their difference varies less than either.
 */
public final class DifferenceTable {
  private static final List<String> METRICS =
      List.of("mia-published", "retain-accuracy", "forget-accuracy", "test-accuracy");

  private final List<String> methods;
  private final Map<String, String> titles;
  private final List<Result> results;
  private final Map<Cell, List<Timing>> trainings;

  /**
   * @param methods ids in the grid's order
   * @param titles what tables print for a method's id
   */
  public DifferenceTable(
      List<String> methods,
      Map<String, String> titles,
      Collection<Result> results,
      Collection<Timing> timings) {
    this.methods = Stream.concat(Stream.of(Cell.ORIGINAL), methods.stream()).toList();
    this.titles = Map.copyOf(titles);
    this.results =
        results.stream().sorted(Comparator.comparing(Result::cell, CellColumns.ORDER)).toList();
    this.trainings = Entry.trainings(timings);
  }

  /** A section for each of the table's that has two rows to compare; nothing for others. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Heading heading : Heading.of(results)) {
      List<List<String>> rows =
          rows(results.stream().filter(r -> heading.holds(r.cell())).toList());
      if (!rows.isEmpty()) {
        text.append("## Differences, seed by seed: ").append(heading.title()).append("\n\n");
        text.append(
                Columns.markdown(
                    List.of(
                        "method", "recipe", "minus", "n", "MIA", "retain", "forget", "test",
                        "time, s"),
                    rows))
            .append('\n');
      }
    }
    return text.isEmpty()
        ? ""
        : text.append("\"≠\": the 95% confidence interval of the difference does not cover 0.\n")
            .toString();
  }

  private List<List<String>> rows(List<Result> here) {
    List<TableArm> arms =
        here.stream().map(r -> TableArm.of(r.cell())).distinct().sorted(TableArm.ORDER).toList();
    List<Result> reference = of(here, ScoreSheet.REFERENCE, TableArm.WHOLE);
    List<List<String>> rows = new ArrayList<>();
    for (String method : methods) {
      List<Result> whole = of(here, method, TableArm.WHOLE);
      for (TableArm arm : arms) {
        List<Result> own = of(here, method, arm);
        boolean isWhole = arm.equals(TableArm.WHOLE);
        if (!(isWhole && method.equals(ScoreSheet.REFERENCE))) {
          row(own, reference, title(ScoreSheet.REFERENCE)).ifPresent(rows::add);
        }
        if (!isWhole && !method.equals(ScoreSheet.REFERENCE)) {
          row(own, whole, RetainRecipe.WHOLE.id()).ifPresent(rows::add);
        }
      }
    }
    return rows;
  }

  private static List<Result> of(List<Result> here, String method, TableArm arm) {
    return here.stream()
        .filter(r -> r.cell().method().equals(method) && arm.holds(r.cell()))
        .toList();
  }

  private Optional<List<String>> row(List<Result> own, List<Result> others, String minus) {
    if (own.isEmpty() || others.isEmpty()) {
      return Optional.empty();
    }
    Cell cell = own.get(0).cell();
    List<String> row =
        new ArrayList<>(List.of(title(cell.method()), TableArm.of(cell).title(true), minus));
    Estimate first = difference(own, others, METRICS.get(1));
    row.add(String.valueOf(first.n()));
    for (String metric : METRICS) {
      row.add(text(difference(own, others, metric)));
    }
    row.add(text(Estimate.of(pairs(own, others, this::seconds))));
    return Optional.of(row);
  }

  private static Estimate difference(List<Result> own, List<Result> others, String metric) {
    return Estimate.of(pairs(own, others, r -> r.scores().values().get(metric)));
  }

  /** One difference for each seed that both sides have. */
  private static List<Double> pairs(
      List<Result> own, List<Result> others, Function<Result, @Nullable Double> value) {
    List<Double> differences = new ArrayList<>();
    for (Result one : own) {
      for (Result other : others) {
        Double a = value.apply(one);
        Double b = value.apply(other);
        if (one.cell().seed() == other.cell().seed() && a != null && b != null) {
          differences.add(a - b);
        }
      }
    }
    return differences;
  }

  private @Nullable Double seconds(Result result) {
    return trainings.getOrDefault(result.cell().inRound(0), List.of()).stream()
        .filter(t -> t.cell().equals(result.cell()))
        .map(Timing::workSeconds)
        .findFirst()
        .orElse(null);
  }

  private static String text(Estimate difference) {
    boolean differs = difference.n() > 1 && !difference.covers(0);
    return difference.text() + (differs ? " ≠" : "");
  }

  private String title(String method) {
    return titles.getOrDefault(method, method);
  }
}
