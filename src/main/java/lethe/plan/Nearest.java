package lethe.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the known name that a user probably meant. */
final class Nearest {
  private static final LevenshteinDistance EDITS = LevenshteinDistance.getDefaultInstance();

  private Nearest() {}

  /**
   * The one of {@code known} with the fewest edits to {@code word}, case and dashes aside where
   * that tells them apart; the first of equals.
   */
  static String of(String word, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.<String>comparingInt(name -> edits(bare(word), bare(name)))
                .thenComparingInt(name -> edits(word, name)))
        .orElseThrow(() -> new IllegalArgumentException("Nothing is known near " + word));
  }

  private static String bare(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }

  static int edits(String word, String name) {
    return EDITS.apply(word, name);
  }
}
