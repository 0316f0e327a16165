package lethe.plan;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects what is wrong, so that a user reads all of it at once. */
final class Problems {
  private static final int SHOWN = 60; // characters of a value in a sentence

  private final Set<String> sentences = new LinkedHashSet<>();

  void add(String sentence) {
    sentences.add(sentence);
  }

  /** A sentence about {@code value}, with the file and line where it was written. */
  void add(ConfigValue value, String sentence) {
    sentences.add(place(value.origin()) + sentence);
  }

  /** A sentence about what may be written somewhere. */
  void add(Optional<ConfigValue> value, String sentence) {
    value.ifPresentOrElse(at -> add(at, sentence), () -> add(sentence));
  }

  /** "{@code path} is ...; it must be ...": the sentence of every illegal value. */
  void illegal(String path, ConfigValue value, String legal) {
    add(value, path + " is " + shown(value) + "; it must be " + legal + ".");
  }

  /** Whether nothing is wrong so far. */
  boolean none() {
    return sentences.isEmpty();
  }

  void throwIfAny() {
    if (!sentences.isEmpty()) {
      throw new GridException(new ArrayList<>(sentences));
    }
  }

  List<String> sentences() {
    return List.copyOf(sentences);
  }

  /** A value as it was written, strings in quotes, long ones cut. */
  static String shown(ConfigValue value) {
    String text =
        value.valueType() == ConfigValueType.STRING
            ? '"' + String.valueOf(value.unwrapped()) + '"'
            : value.render(ConfigRenderOptions.concise());
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }

  private static String place(ConfigOrigin origin) {
    String file = origin.filename();
    if (file == null) {
      return origin.description().replaceFirst(": \\d+$", "") + ": "; // no line of a word
    }
    return origin.lineNumber() > 0 ? file + ":" + origin.lineNumber() + ": " : file + ": ";
  }
}
