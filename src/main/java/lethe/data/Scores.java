package lethe.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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

  /** These and more, with the flags of these. */
  public Scores and(Map<String, Double> more) {
    SortedMap<String, Double> all = new TreeMap<>(values);
    all.putAll(more);
    return new Scores(all, flags);
  }

  /** Writes them as JSON: metrics sorted, every double so that reading gives the same bits. */
  public void write(Path file) throws IOException {
    ScoresJson.write(file, this);
  }

  /**
   * @throws DataException when the file is cut or is none of these
   */
  public static Scores read(Path file) throws IOException {
    return ScoresJson.read(file);
  }
}
