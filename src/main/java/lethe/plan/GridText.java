package lethe.plan;

import com.typesafe.config.ConfigUtil;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Writes a grid as an experiment file. */
final class GridText {
  private GridText() {}

  static String of(Grid grid) {
    StringBuilder text = new StringBuilder();
    text.append("# The resolved grid: every setting in force. Reading it gives the same plan.\n");
    line(text, "name", quoted(grid.name()));
    line(text, "datasets", list(grid.datasets().stream().map(GridText::spec).toList()));
    line(text, "networks", list(grid.networks().stream().map(GridText::spec).toList()));
    line(text, "scenarios", list(grid.scenarios().stream().map(GridText::scenario).toList()));
    line(text, "rounds", String.valueOf(grid.rounds()));
    line(text, "methods", list(grid.methods().stream().map(GridText::quoted).toList()));
    line(text, "recipes", list(grid.recipes().stream().map(r -> quoted(r.id())).toList()));
    line(text, "condensers", list(grid.condensers().stream().map(GridText::spec).toList()));
    line(text, "seeds", list(grid.seeds().stream().map(String::valueOf).toList()));
    line(text, Protocol.NAME, quoted(grid.knobs().protocol().id()));
    grid.knobs().base().forEach((block, settings) -> block(text, block, settings));
    line(text, "overrides", list(grid.knobs().rules().stream().map(GridText::rule).toList()));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(" = ").append(value).append('\n');
  }

  private static void block(StringBuilder text, String block, Settings settings) {
    text.append(block).append(" {\n");
    settings.entries().forEach((name, value) -> line(text, "  " + name, bare(value)));
    text.append("}\n");
  }

  private static String spec(Spec spec) {
    String id = "id = " + quoted(spec.id());
    return spec.settings().entries().isEmpty()
        ? "{ " + id + " }"
        : "{ " + id + ", " + pairs(spec.settings().entries()) + " }";
  }

  private static String scenario(Scenario scenario) {
    return scenario instanceof Scenario.File file
        ? "{ id = " + quoted(file.id()) + ", path = " + ConfigUtil.quoteString(path(file)) + " }"
        : quoted(scenario.id());
  }

  private static String path(Scenario.File file) {
    return file.list().path().toString();
  }

  private static String rule(KnobTable.Rule rule) {
    String when =
        rule.when().entrySet().stream()
            .map(e -> e.getKey().id() + " = " + quoted(e.getValue()))
            .collect(Collectors.joining(", "));
    return "{ when { " + when + " }, set { " + pairs(rule.set()) + " } }";
  }

  private static String pairs(SortedMap<String, String> entries) {
    return entries.entrySet().stream()
        .map((Map.Entry<String, String> e) -> e.getKey() + " = " + bare(e.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String list(Collection<String> items) {
    if (items.isEmpty()) {
      return "[]";
    }
    return "[\n" + items.stream().map(i -> "  " + i + "\n").collect(Collectors.joining()) + "]";
  }

  /** Numbers and flags as they are, words in quotes. */
  private static String bare(String value) {
    return value.matches("true|false|-?[0-9.]+(E-?[0-9]+)?")
        ? value
        : ConfigUtil.quoteString(value);
  }

  /** Names hold no quotes and no backslashes: the reader saw to it. */
  private static String quoted(String word) {
    return '"' + word + '"';
  }
}
