package lethe.plan;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One dataset or network of a grid: its name and its settings.
 *
 * @param id name in the catalogue, such as {@code convnet}
 * @param settings every setting it reads
 * @param departures the settings that are not the default; they label its results in tables
 */
public record Spec(String id, Settings settings, SortedMap<String, String> departures) {
  public Spec {
    departures = Collections.unmodifiableSortedMap(new TreeMap<>(departures));
  }
}
