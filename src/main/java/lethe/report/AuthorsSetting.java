package lethe.report;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import lethe.plan.Cell;

/**
 * The authors' setting that a claim depends on: anything smaller, shorter or other proves nothing
 * about it.
 *
 * @param networks ids of their networks
 * @param settings how they run them
 */
record AuthorsSetting(List<String> networks, AuthorsSettings settings) {
  /**
   * What is not as the authors have it, a note each; nothing where it proves something.
   *
   * @param cells at {@code place}
   */
  SortedSet<String> departures(Place place, Collection<Cell> cells, Groundwork ground) {
    SortedSet<String> notes = new TreeSet<>();
    if (!place.dataset().departures().isEmpty()) {
      notes.add(note(CellColumns.titled(place.dataset()), place.dataset().id()));
    }
    boolean theirs = networks.contains(place.network().id());
    if (!theirs || !place.network().departures().isEmpty()) {
      notes.add(note(CellColumns.titled(place.network()), String.join(" or ", networks)));
    }
    for (Cell cell : cells) {
      AuthorsSettings.words(settings.departures(cell, ground.settings(cell)))
          .forEach(words -> notes.add("about the authors' setting: here " + words));
    }
    return notes;
  }

  private static String note(String here, String theirs) {
    return "about the authors' setting: here " + here + " in place of " + theirs;
  }
}
