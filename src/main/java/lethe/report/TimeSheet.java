package lethe.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * {@code timings.csv}: what each stage of a cell cost, span by span. A stage that several cells use
 * stands in the rows of each, marked {@code shared}: summing a column over cells would count it
 * more than once.
 */
public final class TimeSheet {
  private TimeSheet() {}

  public static String text(Collection<Timing> timings) {
    List<String> header = new ArrayList<>(CellColumns.HEADER);
    header.addAll(
        List.of("stage", "span", "seconds", "shared", "adopted", "device", "flags", "key"));
    List<List<String>> rows = new ArrayList<>();
    timings.stream()
        .sorted(
            Comparator.comparing(Timing::cell, CellColumns.ORDER)
                .thenComparing(Timing::stage)
                .thenComparing(Timing::key))
        .forEach(timing -> rows.addAll(rowsOf(timing)));
    return Csv.text(header, rows);
  }

  private static List<List<String>> rowsOf(Timing timing) {
    List<List<String>> rows = new ArrayList<>();
    if (timing.seconds().isEmpty()) {
      rows.add(row(timing, "", ""));
    }
    for (Map.Entry<String, Double> span : timing.seconds().entrySet()) {
      rows.add(row(timing, span.getKey(), Csv.number(span.getValue())));
    }
    return rows;
  }

  private static List<String> row(Timing timing, String span, String seconds) {
    List<String> row = new ArrayList<>(CellColumns.of(timing.cell()));
    row.add(timing.stage().id());
    row.add(span);
    row.add(seconds);
    row.add(timing.shared() ? "shared" : "");
    row.add(timing.adopted() ? "adopted" : "");
    row.add(timing.device());
    row.add(String.join(";", timing.flags().stream().sorted().toList()));
    row.add(timing.key().brief());
    return row;
  }
}
