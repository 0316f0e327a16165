package lethe.report;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lethe.plan.Cell;
import lethe.plan.Protocol;
import lethe.plan.Spec;

/** How a cell is written and ordered in the sheets. */
final class CellColumns {
  static final List<String> HEADER =
      List.of(
          "dataset",
          "network",
          "scenario",
          "round",
          "method",
          "recipe",
          "condenser",
          "ipc",
          "variant",
          "seed");

  /** By what is written, column by column; numbers as numbers. */
  static final Comparator<Cell> ORDER =
      Comparator.<Cell, String>comparing(c -> c.dataset().id())
          .thenComparing(c -> c.network().id())
          .thenComparing(c -> c.scenario().id())
          .thenComparingInt(Cell::round)
          .thenComparing(Cell::method)
          .thenComparing(c -> c.recipe().id())
          .thenComparing(c -> c.condenser().map(Spec::id).orElse(""))
          .thenComparingInt(c -> c.imagesPerClass().orElse(0))
          .thenComparing(CellColumns::variant)
          .thenComparingLong(Cell::seed);

  private CellColumns() {}

  static List<String> of(Cell cell) {
    return List.of(
        cell.dataset().id(),
        cell.network().id(),
        cell.scenario().id(),
        String.valueOf(cell.round()),
        cell.method(),
        cell.recipe().id(),
        cell.condenser().map(Spec::id).orElse(""),
        cell.imagesPerClass().map(String::valueOf).orElse(""),
        variant(cell),
        String.valueOf(cell.seed()));
  }

  /** What else is not default: {@code test-per-class=200;width=32}. */
  static String variant(Cell cell) {
    TreeMap<String, String> all = new TreeMap<>(cell.dataset().departures());
    all.putAll(cell.network().departures());
    cell.condenser().ifPresent(condenser -> all.putAll(condenser.departures()));
    if (cell.protocol() != Protocol.CORRECTED) {
      all.put("protocol", cell.protocol().id());
    }
    return all.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(";"));
  }

  /** A dataset or network in a heading: {@code convnet (width=32)}. */
  static String titled(Spec spec) {
    if (spec.departures().isEmpty()) {
      return spec.id();
    }
    return spec.departures().entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(", ", spec.id() + " (", ")"));
  }
}
