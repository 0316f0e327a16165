package lethe.data;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Every metric of one cell: accuracies in percent, membership inference x 100.
 *
 * @param values by metric id
 * @param flags what misleads about them, such as {@code swapped-attack}
 */
public record Scores(SortedMap<String, Double> values, List<String> flags) {
  public Scores {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    flags = List.copyOf(flags);
  }
}
