package lethe.report;

import java.util.List;
import lethe.plan.Cell;

/**
 * What one section of a table is about.
 *
 * @param round 0-based
 */
record Heading(Place place, int round) {
  static Heading of(Cell cell) {
    return new Heading(Place.of(cell), cell.round());
  }

  /** Those of {@code results}, in their order. */
  static List<Heading> of(List<Result> results) {
    return results.stream().map(r -> of(r.cell())).distinct().toList();
  }

  boolean holds(Cell cell) {
    return of(cell).equals(this);
  }

  String title() {
    return round == 0 ? place.title() : place.title() + " · round " + (round + 1);
  }
}
