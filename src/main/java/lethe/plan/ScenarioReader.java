package lethe.plan;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads scenarios: bare names, and names with the path of a file. */
final class ScenarioReader {
  private static final String LEGAL =
      "random-class, uniform-PERCENT with a percent above 0 and below 100, classes-N-N-N with"
          + " distinct numbers, none, or { id = file-NAME, path = \"FILE\" }";
  private static final List<String> EXAMPLES =
      List.of("random-class", "uniform-10", "classes-1-2-3", "none");
  private static final List<String> ENTRY = List.of("id", "path");

  private final Path folder;
  private final Problems problems;

  /**
   * @param folder absolute, of the experiment's file: paths written there start from it, and those
   *     of the command line from the current folder
   */
  ScenarioReader(Path folder, Problems problems) {
    this.folder = folder;
    this.problems = problems;
  }

  /** An entry of the axis. */
  Optional<Scenario> entry(String path, ConfigValue value) {
    if (value instanceof ConfigObject object) {
      return object(path, object);
    }
    Optional<String> word = KnobText.word(value);
    if (word.flatMap(Scenario.File::name).isPresent()) {
      problems.add(
          value,
          "%s is \"%s\" without its file; write { id = %s, path = \"FILE\" }."
              .formatted(path, word.orElseThrow(), word.orElseThrow()));
      return Optional.empty();
    }
    return named(path, value);
  }

  /** The id of a scenario, wherever it is listed. */
  Optional<String> id(String path, ConfigValue value) {
    return KnobText.word(value)
        .filter(word -> Scenario.File.name(word).isPresent())
        .or(() -> named(path, value).map(Scenario::id));
  }

  private Optional<Scenario> named(String path, ConfigValue value) {
    Optional<Scenario> scenario = KnobText.word(value).flatMap(Scenario::of);
    if (scenario.isEmpty()) {
      String word = KnobText.word(value).orElse("");
      problems.illegal(path, value, LEGAL + "; the nearest is " + Nearest.of(word, EXAMPLES));
    }
    return scenario;
  }

  private Optional<Scenario> object(String path, ConfigObject entry) {
    for (String name : new TreeMap<>(entry).keySet()) {
      if (!ENTRY.contains(name)) {
        String nearest = Nearest.of(name, ENTRY);
        problems.add(
            entry,
            "Unknown setting %s.%s; the nearest known is %s.%s."
                .formatted(path, name, path, nearest));
      }
    }
    ConfigValue id = entry.get("id");
    if (id == null) {
      problems.add(entry, path + " has no id; it must be { id = file-NAME, path = \"FILE\" }.");
      return Optional.empty();
    }
    Optional<String> name = KnobText.word(id).flatMap(Scenario.File::name);
    ConfigValue file = entry.get("path");
    if (name.isPresent()) {
      return list(path, entry, file).map(list -> new Scenario.File(name.get(), list));
    }
    Optional<Scenario> scenario = named(path + ".id", id);
    if (scenario.isPresent() && file != null) {
      problems.add(file, path + " has a path, but " + scenario.get().id() + " reads no file.");
    }
    return scenario;
  }

  private Optional<IndexList> list(String path, ConfigObject entry, @Nullable ConfigValue file) {
    Optional<String> written = Optional.ofNullable(file).flatMap(KnobText::word);
    if (file == null || written.filter(w -> !w.isBlank()).isEmpty()) {
      problems.add(
          entry, path + " has no path; it must be the file that lists the images to forget.");
      return Optional.empty();
    }
    try {
      boolean typed = file.origin().filename() == null; // on the command line
      Path start = typed ? Path.of("").toAbsolutePath() : folder;
      return IndexList.read(start.resolve(written.orElseThrow()).normalize(), file, problems);
    } catch (InvalidPathException e) {
      problems.illegal(path + ".path", file, "the path of a file");
      return Optional.empty();
    }
  }
}
