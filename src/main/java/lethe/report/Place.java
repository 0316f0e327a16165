package lethe.report;

import lethe.plan.Cell;
import lethe.plan.Scenario;
import lethe.plan.Spec;

/** Where methods can be compared: on one dataset, network and scenario. */
record Place(Spec dataset, Spec network, Scenario scenario) {
  static Place of(Cell cell) {
    return new Place(cell.dataset(), cell.network(), cell.scenario());
  }

  /** Whether dataset and network are whole, as their makers left them. */
  boolean isFullSize() {
    return dataset.departures().isEmpty() && network.departures().isEmpty();
  }

  String title() {
    return String.join(
        " · ", CellColumns.titled(dataset), CellColumns.titled(network), scenario.id());
  }
}
