package lethe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lethe.plan.Cell;

/**
 * A section with more arms than the paper's tables have, or with rounds: a row for each method and
 * arm.
 *
 * @param results of the section
 * @param timings of the section
 * @param trainings of all sections, for what earlier rounds took
 * @param methods in the grid's order
 * @param titles what tables print for a method's id
 */
record LongTable(
    List<Result> results,
    List<Timing> timings,
    Map<Cell, List<Timing>> trainings,
    List<String> methods,
    Map<String, String> titles) {
  private static final String FREE = "free-retain-accuracy";
  private static final String RESIDUAL = "residual-retain-accuracy";
  private static final String ALL_FORGOTTEN = "all-forgotten-accuracy";

  /** A column: what is above it, and its metric. */
  private record Column(String head, String metric) {}

  String text(Footnotes notes) {
    List<TableArm> arms = arms();
    List<Column> columns = columns();
    boolean later = results.stream().anyMatch(r -> r.cell().round() > 0);
    List<String> head = new ArrayList<>(List.of("method", "recipe", "n"));
    columns.forEach(column -> head.add(column.head()));
    head.add("time, s");
    if (later) {
      head.add("all rounds, s");
    }
    List<List<String>> rows = new ArrayList<>();
    for (String method : methods) {
      for (TableArm arm : arms) {
        Entry entry = entry(method, arm);
        if (!entry.results().isEmpty()) {
          List<String> row = row(entry, columns, notes);
          row.add(0, titles.getOrDefault(method, method));
          row.add(1, arm.title(isOneOfMany(arm, arms)));
          if (later) {
            row.add(entry.timeSoFar().text());
          }
          rows.add(row);
        }
      }
    }
    return Columns.markdown(head, rows) + '\n' + overheads(arms);
  }

  private static List<String> row(Entry entry, List<Column> columns, Footnotes notes) {
    int seeds = entry.results().size();
    List<String> row = new ArrayList<>(List.of(seeds + notes.marks(Entry.fewSeeds(seeds))));
    for (Column column : columns) {
      String marks = notes.marks(entry.flags(column.metric()));
      row.add(entry.estimate(column.metric()).text() + marks);
    }
    row.add(entry.time().text() + notes.marks(entry.timeFlags()));
    return row;
  }

  private List<TableArm> arms() {
    return results.stream()
        .map(r -> TableArm.of(r.cell()))
        .distinct()
        .sorted(TableArm.ORDER)
        .toList();
  }

  /** Whether the recipe's name alone does not tell the arm apart. */
  private static boolean isOneOfMany(TableArm arm, List<TableArm> arms) {
    return arms.stream().filter(a -> a.recipe() == arm.recipe()).count() > 1;
  }

  private Entry entry(String method, TableArm arm) {
    return Entry.of(
        results.stream()
            .filter(r -> r.cell().method().equals(method) && arm.holds(r.cell()))
            .toList(),
        trainings);
  }

  /** The metrics that any row has. */
  private List<Column> columns() {
    return List.of(
            new Column("MIA", "mia-published"),
            new Column("retain", "retain-accuracy"),
            new Column("free retain", FREE),
            new Column("residual retain", RESIDUAL),
            new Column("forget", "forget-accuracy"),
            new Column("all forgotten", ALL_FORGOTTEN),
            new Column("test", "test-accuracy"))
        .stream()
        .filter(
            column ->
                results.stream().anyMatch(r -> r.scores().values().containsKey(column.metric())))
        .toList();
  }

  private String overheads(List<TableArm> arms) {
    List<String> lines = new ArrayList<>();
    new Overheads(timings).original().ifPresent(lines::add);
    new Overheads(timings).answers().ifPresent(lines::add);
    for (TableArm arm : arms) {
      List<Timing> own = timings.stream().filter(t -> arm.holds(t.cell())).toList();
      List<String> parts = new Overheads(own).parting();
      if (arm.recipe().clusters() && !parts.isEmpty()) {
        lines.add(arm.title(isOneOfMany(arm, arms)) + ": " + String.join(", ", parts));
      }
    }
    return lines.isEmpty()
        ? ""
        : "Not in the time columns, seconds a seed: " + String.join("; ", lines) + ".\n\n";
  }
}
