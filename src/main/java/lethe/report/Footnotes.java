package lethe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Numbered notes below one table; equal notes share a number. */
final class Footnotes {
  private final List<String> notes = new ArrayList<>();

  /** The marks to put behind a number: {@code " [1,2]"}, or nothing. */
  String marks(List<String> flags) {
    if (flags.isEmpty()) {
      return "";
    }
    return flags.stream()
        .map(this::number)
        .distinct()
        .sorted()
        .map(String::valueOf)
        .collect(Collectors.joining(",", " [", "]"));
  }

  private int number(String note) {
    if (!notes.contains(note)) {
      notes.add(note);
    }
    return notes.indexOf(note) + 1;
  }

  /** One line a note, and an empty line; nothing where there is none. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < notes.size(); i++) {
      text.append("[").append(i + 1).append("] ").append(notes.get(i)).append("  \n");
    }
    return text.isEmpty() ? "" : text.append('\n').toString();
  }
}
