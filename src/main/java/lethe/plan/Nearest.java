package lethe.plan;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the known name that a user probably meant. */
final class Nearest {
  private static final LevenshteinDistance EDITS = LevenshteinDistance.getDefaultInstance();

  private Nearest() {}

  /** The one of {@code known} with the fewest edits to {@code word}; the first of equals. */
  static String of(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(name -> edits(word, name)))
        .orElseThrow(() -> new IllegalArgumentException("Nothing is known near " + word));
  }

  static int edits(String word, String name) {
    return EDITS.apply(word, name);
  }
}
