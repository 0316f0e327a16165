package lethe.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table that reads well both as Markdown and on a terminal. */
public final class Columns {
  private Columns() {}

  /** Columns as wide as their widest word; all but the first aligned to the right. */
  public static String markdown(List<String> head, List<List<String>> rows) {
    int[] widths =
        IntStream.range(0, head.size())
            .map(
                i ->
                    IntStream.concat(
                            IntStream.of(3, head.get(i).length()),
                            rows.stream().mapToInt(row -> row.get(i).length()))
                        .max()
                        .orElse(0))
            .toArray();
    StringBuilder text = new StringBuilder(line(head, widths));
    text.append(
        IntStream.range(0, widths.length)
            .mapToObj(i -> (i == 0 ? "-".repeat(widths[i]) : "-".repeat(widths[i] - 1) + ":"))
            .collect(Collectors.joining(" | ", "| ", " |\n")));
    rows.forEach(row -> text.append(line(row, widths)));
    return text.toString();
  }

  private static String line(List<String> words, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(i -> i == 0 ? left(words.get(i), widths[i]) : right(words.get(i), widths[i]))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String left(String word, int width) {
    return word + " ".repeat(width - word.length());
  }

  private static String right(String word, int width) {
    return " ".repeat(width - word.length()) + word;
  }
}
