package lethe.plan;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Turns files and words of the command line into HOCON trees. */
final class Sheet {
  private static final String COMMAND_LINE = "command line";

  private Sheet() {}

  /**
   * The tree of a file; empty, with a problem, where there is none.
   *
   * @param known what the file's {@code ${...}} may refer to besides itself
   */
  static Optional<ConfigObject> ofFile(Path file, Config known, Problems problems) {
    if (!Files.exists(file)) {
      problems.add(file + " does not exist.");
      return Optional.empty();
    }
    if (Files.isDirectory(file) || !Files.isReadable(file)) {
      problems.add(file + " cannot be read as a file.");
      return Optional.empty();
    }
    // the library looks for what a bare name includes on the class path alone
    Path placed = file.getParent() == null ? Path.of(".").resolve(file) : file;
    RequiredIncludes includes = new RequiredIncludes(placed);
    try {
      Config parsed =
          ConfigFactory.parseFile(
              placed.toFile(), ConfigParseOptions.defaults().setIncluder(includes));
      return Optional.of(parsed.resolveWith(parsed.withFallback(known)).root());
    } catch (ConfigException e) {
      problems.add(includes.missing().orElseGet(() -> reason(placed, e)));
      return Optional.empty();
    }
  }

  /** The library's reason: file, line and what it stumbled over. */
  private static String reason(Path file, ConfigException e) {
    String message = String.valueOf(e.getMessage());
    int line = e.origin() == null ? -1 : e.origin().lineNumber();
    String said = line > 0 ? file + ": " + line + ": " : file + ": ";
    String text = message.startsWith(said) ? message.substring(said.length()) : message;
    String place = line > 0 ? file + ":" + line + ": " : file + ": ";
    String shown = text.replaceAll("\\s+", " ").replaceFirst(" Trace: .*", ""); // of includes
    return e instanceof ConfigException.IO
        ? place
            + "A file that it includes cannot be read: "
            + shown.replace("java.io.IOException: ", "")
        : place + "This is not HOCON: " + shown;
  }

  /** One {@code key=value}. */
  record Word(String path, ConfigValue value) {}

  /** The words in their order; a problem for each that is none. */
  static List<Word> words(List<String> words, Problems problems) {
    List<Word> read = new ArrayList<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      Optional<String> path =
          equals < 0 ? Optional.empty() : path(word.substring(0, equals).strip());
      if (path.isEmpty() || word.substring(equals + 1).isBlank()) {
        problems.add(
            COMMAND_LINE
                + ": \""
                + word
                + "\" is not a setting; write key=value, such as unlearn.cf.epochs=5.");
      } else {
        value(word, word.substring(equals + 1).strip(), problems)
            .ifPresent(value -> read.add(new Word(path.get(), value)));
      }
    }
    return read;
  }

  /** The tree of the words; the last of equal keys wins. */
  static ConfigObject tree(List<Word> words) {
    Config tree = ConfigFactory.empty(COMMAND_LINE);
    for (Word word : words) {
      tree = tree.withValue(word.path(), word.value());
    }
    return signed(tree.root());
  }

  /** Says of every block between the words that the command line wrote it too. */
  private static ConfigObject signed(ConfigObject block) {
    Map<String, Object> values = new TreeMap<>();
    block.forEach(
        (name, value) ->
            values.put(name, value instanceof ConfigObject inner ? signed(inner) : value));
    return ConfigValueFactory.fromMap(values, COMMAND_LINE);
  }

  private static Optional<String> path(String written) {
    try {
      return Optional.of(ConfigUtil.joinPath(ConfigUtil.splitPath(written)));
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }

  /** What is no HOCON value, such as a path with a colon, stands for itself. */
  private static Optional<ConfigValue> value(String word, String written, Problems problems) {
    try {
      ConfigObject parsed =
          ConfigFactory.parseString(
                  "value = " + written,
                  ConfigParseOptions.defaults().setOriginDescription(COMMAND_LINE))
              .resolve()
              .root();
      if (parsed.size() == 1 && parsed.containsKey("value")) {
        return Optional.of(
            parsed.get("value").withOrigin(ConfigOriginFactory.newSimple(COMMAND_LINE)));
      }
    } catch (ConfigException.UnresolvedSubstitution e) {
      problems.add(
          COMMAND_LINE
              + ": \""
              + word
              + "\" refers to something that no variable of the environment is called.");
      return Optional.empty();
    } catch (ConfigException e) {
      // falls through: a plain word
    }
    return Optional.of(ConfigValueFactory.fromAnyRef(written, COMMAND_LINE));
  }
}
