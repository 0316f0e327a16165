package lethe.report;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lethe.plan.Cell;

/**
 * The authors' setting that a claim depends on: anything smaller, shorter or other proves nothing
 * about it.
 *
 * @param networks ids of their networks
 * @param epochs how many they train for, by method; several where it depends on the network
 */
record AuthorsSetting(List<String> networks, Map<String, List<Integer>> epochs) {
  /**
   * What is not as the authors have it, a note each; nothing where it proves something.
   *
   * @param cells at {@code place}
   */
  SortedSet<String> departures(Place place, Collection<Cell> cells, Evidence evidence) {
    SortedSet<String> notes = new TreeSet<>();
    if (!place.dataset().departures().isEmpty()) {
      notes.add(note(CellColumns.titled(place.dataset()), place.dataset().id()));
    }
    boolean theirs = networks.contains(place.network().id());
    if (!theirs || !place.network().departures().isEmpty()) {
      notes.add(note(CellColumns.titled(place.network()), String.join(" or ", networks)));
    }
    for (Cell cell : cells) {
      evidence
          .epochs(cell)
          .forEach(
              (method, here) -> {
                List<Integer> wanted = epochs.getOrDefault(method, List.of());
                if (!wanted.isEmpty() && !wanted.contains(here)) {
                  notes.add(note(here + " epochs of " + method, words(wanted)));
                }
              });
    }
    return notes;
  }

  private static String note(String here, String theirs) {
    return "about the authors' setting: here " + here + " in place of " + theirs;
  }

  private static String words(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(" or "));
  }
}
