package lethe.report;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lethe.plan.Cell;
import lethe.plan.Settings;

/** How the authors run what the paper tells of: every setting, by the cell it is for. */
final class AuthorsSettings {
  private static final String RESOURCE = "lethe/report/authors.conf";

  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Double> perCluster = new TreeMap<>();

  /** Settings by block and knob, each with every value that the authors have somewhere. */
  private record Entry(
      Map<String, List<String>> when, Map<String, Map<String, List<String>>> set) {}

  /**
   * A setting that is not the authors'.
   *
   * @param block what it is a setting of, as in {@link Groundwork#settings}
   * @param theirs their values; several where they have several
   */
  record Departure(String block, String knob, String here, List<String> theirs) {
    String words() {
      return "%s = %s in place of %s".formatted(knob, here, String.join(" or ", theirs));
    }

    /** Below 0 where here is less than theirs, above where it is more; both must be numbers. */
    int side() {
      return new BigDecimal(here).compareTo(new BigDecimal(theirs.get(0)));
    }
  }

  private AuthorsSettings() {}

  static AuthorsSettings load() {
    return read(ConfigFactory.parseResources(AuthorsSettings.class.getClassLoader(), RESOURCE));
  }

  static AuthorsSettings read(Config config) {
    AuthorsSettings all = new AuthorsSettings();
    for (Config one : config.getConfigList("settings")) {
      Map<String, List<String>> when = one.hasPath("when") ? flat(one.getConfig("when")) : Map.of();
      Map<String, Map<String, List<String>>> set = new LinkedHashMap<>();
      Config blocks = one.getConfig("set");
      blocks.root().keySet().forEach(id -> set.put(id, flat(blocks.getConfig(id))));
      all.entries.add(new Entry(when, set));
    }
    if (config.hasPath("images-per-cluster")) {
      flat(config.getConfig("images-per-cluster"))
          .forEach((id, n) -> all.perCluster.put(id, Double.parseDouble(n.get(0))));
    }
    return all;
  }

  private static Map<String, List<String>> flat(Config config) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigValue> one : config.root().entrySet()) {
      Object value = one.getValue().unwrapped();
      List<?> list = value instanceof List<?> several ? several : List.of(value);
      values.put(one.getKey(), list.stream().map(String::valueOf).toList());
    }
    return values;
  }

  /** Images in a cluster of theirs, where they cluster that dataset. */
  OptionalDouble perCluster(String dataset) {
    Double images = perCluster.get(dataset);
    return images == null ? OptionalDouble.empty() : OptionalDouble.of(images);
  }

  /** By block and knob. */
  Map<String, Map<String, List<String>>> of(Cell cell) {
    Map<String, Map<String, List<String>>> all = new TreeMap<>();
    for (Entry entry : entries) {
      if (entry.when().entrySet().stream().allMatch(e -> e.getValue().contains(axis(cell, e)))) {
        entry.set().forEach((id, own) -> all.computeIfAbsent(id, b -> new TreeMap<>()).putAll(own));
      }
    }
    return all;
  }

  private static String axis(Cell cell, Map.Entry<String, List<String>> condition) {
    return switch (condition.getKey()) {
      case "dataset" -> cell.dataset().id();
      case "network" -> cell.network().id();
      case "scenario" -> cell.scenario().id();
      case "recipe" -> cell.recipe().id();
      case "condenser" -> cell.condenser().map(c -> c.id()).orElse("");
      case "protocol" -> cell.protocol().id();
      default ->
          throw new IllegalArgumentException("No condition is called " + condition.getKey() + ".");
    };
  }

  /** What of {@code here} the authors have otherwise; what they do not have is no departure. */
  List<Departure> departures(Cell cell, Map<String, Settings> here) {
    List<Departure> departures = new ArrayList<>();
    of(cell)
        .forEach(
            (block, knobs) -> {
              Settings own = here.getOrDefault(block, Settings.NONE);
              knobs.forEach(
                  (knob, theirs) -> {
                    if (own.has(knob) && theirs.stream().noneMatch(t -> same(own.text(knob), t))) {
                      departures.add(new Departure(block, knob, own.text(knob), theirs));
                    }
                  });
            });
    return departures;
  }

  /** What departs, a note for each block: {@code cf has epochs = 30 in place of 50}. */
  static List<String> words(List<Departure> departures) {
    return departures.stream()
        .collect(Collectors.groupingBy(Departure::block, TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(
            e ->
                e.getValue().stream()
                    .map(Departure::words)
                    .collect(Collectors.joining(", ", e.getKey() + " has ", "")))
        .toList();
  }

  private static boolean same(String here, String theirs) {
    boolean numbers = isNumber(here) && isNumber(theirs);
    return numbers
        ? new BigDecimal(here).compareTo(new BigDecimal(theirs)) == 0
        : here.equals(theirs);
  }

  private static boolean isNumber(String text) {
    return text.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?");
  }
}
