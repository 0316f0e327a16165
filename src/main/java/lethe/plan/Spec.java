package lethe.plan;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One dataset, network or condenser of a grid: its name and its settings.
 *
 * @param id name in the catalogue, such as {@code convnet}
 * @param settings every setting it reads; of a condenser, those its entry says itself, for its
 *     block has the others
 * @param departures the settings that label its results in tables: those that are not the default;
 *     of a condenser, its own but for the clusters per class, which have a column
 */
public record Spec(String id, Settings settings, SortedMap<String, String> departures) {
  public Spec {
    departures = Collections.unmodifiableSortedMap(new TreeMap<>(departures));
  }

  /** {@code convnet(width=32)}: the name, and some of the settings. */
  String named(SortedMap<String, String> some) {
    String text =
        some.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(","));
    return text.isEmpty() ? id : id + "(" + text + ")";
  }

  /** Of the name alone, which tells most apart: cells are looked up by the million. */
  @Override
  public int hashCode() {
    return id.hashCode();
  }
}
