package lethe.plan;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Reads the lists of an experiment. */
final class Axes {
  private final Map<String, ConfigValue> top;
  private final Problems problems;
  private final ScenarioReader scenarios;

  /**
   * @param folder where relative paths of the experiment begin
   */
  Axes(Map<String, ConfigValue> top, Path folder, Problems problems) {
    this.top = new HashMap<>(top);
    this.problems = problems;
    this.scenarios = new ScenarioReader(folder, problems);
  }

  /** Names on an axis, each one of {@code known}. */
  List<String> names(String axis, Collection<String> known) {
    return items(axis, (path, value) -> name(path, value, known), n -> n);
  }

  /** Names of methods; the original weights are no method. */
  List<String> methods(Collection<String> known) {
    return items(
        "methods",
        (path, value) -> {
          if (KnobText.word(value).filter(Cell.ORIGINAL::equals).isPresent()) {
            problems.add(
                value, path + " is \"original\"; every grid has it already, so leave it out.");
            return Optional.empty();
          }
          return name(path, value, known);
        },
        n -> n);
  }

  /** Every recipe's id. */
  static List<String> recipes() {
    return Arrays.stream(RetainRecipe.values()).map(RetainRecipe::id).toList();
  }

  List<RetainRecipe> recipesListed() {
    return names("recipes", recipes()).stream()
        .flatMap(id -> RetainRecipe.of(id).stream())
        .toList();
  }

  List<Scenario> scenarios() {
    return items("scenarios", scenarios::entry, Scenario::id);
  }

  /** The id of a scenario that is named elsewhere. */
  Optional<String> scenarioId(String path, ConfigValue value) {
    return scenarios.id(path, value);
  }

  List<Long> seeds() {
    return items(
        "seeds",
        (path, value) -> {
          Optional<Long> seed = KnobText.integer(value);
          if (seed.isEmpty()) {
            problems.illegal(
                path, value, "an integer from %d to %d".formatted(Long.MIN_VALUE, Long.MAX_VALUE));
          }
          return seed;
        },
        String::valueOf);
  }

  /** Names with settings of their own. */
  record Named(String id, String path, Optional<ConfigObject> settings, ConfigValue at) {}

  /** Bare ids and objects with an id. */
  List<Named> specs(String axis, Collection<String> known) {
    return items(
        axis,
        (path, value) -> {
          if (!(value instanceof ConfigObject object)) {
            return name(path, value, known).map(id -> new Named(id, path, Optional.empty(), value));
          }
          ConfigValue id = object.get("id");
          if (id == null) {
            problems.add(value, path + " has no id; it must be one of " + list(known) + ".");
            return Optional.empty();
          }
          return name(path + ".id", id, known)
              .map(name -> new Named(name, path, Optional.of(object.withoutKey("id")), value));
        },
        // the reader compares them, once their settings are known
        Named::path);
  }

  Optional<String> name(String path, ConfigValue value, Collection<String> known) {
    Optional<String> word = KnobText.word(value);
    if (word.isPresent() && known.contains(word.get())) {
      return word;
    }
    String nearest = word.map(w -> "; the nearest is " + Nearest.of(w, known)).orElse("");
    problems.illegal(path, value, (known.size() == 1 ? "" : "one of ") + list(known) + nearest);
    return Optional.empty();
  }

  private <T> List<T> items(
      String axis, BiFunction<String, ConfigValue, Optional<T>> read, Function<T, String> id) {
    ConfigValue value = top.get(axis);
    if (value == null) {
      problems.add(axis + " is missing; an experiment must list at least one.");
      return List.of();
    }
    if (!(value instanceof ConfigList list)) {
      problems.illegal(axis, value, "a list in brackets");
      return List.of();
    }
    if (list.isEmpty()) {
      problems.add(value, axis + " is empty; it must list at least one.");
    }
    List<T> items = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      ConfigValue item = list.get(i);
      Optional<T> one = read.apply(axis + "[" + i + "]", item);
      if (one.isPresent()) {
        if (seen.add(id.apply(one.get()))) {
          items.add(one.get());
        } else {
          problems.add(item, axis + " lists " + id.apply(one.get()) + " twice.");
        }
      }
    }
    return items;
  }

  private static String list(Collection<String> known) {
    return String.join(", ", known);
  }
}
