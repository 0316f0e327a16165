package lethe.plan;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads {@code overrides}: settings that hold for some cells only. */
final class Overrides {
  private static final List<String> PARTS = List.of("when", "set");
  private static final List<String> AXES = List.of(Axis.values()).stream().map(Axis::id).toList();

  private final Schema schema;
  private final Repertoire repertoire;
  private final Use use;
  private final Axes axes;
  private final Problems problems;

  Overrides(Schema schema, Repertoire repertoire, Use use, Axes axes, Problems problems) {
    this.schema = schema;
    this.repertoire = repertoire;
    this.use = use;
    this.axes = axes;
    this.problems = problems;
  }

  /** The legal rules, in their order. */
  List<KnobTable.Rule> read(ConfigValue value) {
    List<KnobTable.Rule> rules = new ArrayList<>();
    if (!(value instanceof ConfigList list)) {
      problems.illegal("overrides", value, "a list in brackets");
      return rules;
    }
    for (int i = 0; i < list.size(); i++) {
      String path = "overrides[" + i + "]";
      if (list.get(i) instanceof ConfigObject rule) {
        rules.add(rule(path, rule));
      } else {
        problems.illegal(path, list.get(i), "{ when { ... }, set { ... } }");
      }
    }
    return rules;
  }

  private KnobTable.Rule rule(String path, ConfigObject rule) {
    for (String name : new TreeMap<>(rule).keySet()) {
      if (!PARTS.contains(name)) {
        unknown(path, name, rule, PARTS);
      }
    }
    SortedMap<Axis, String> when =
        part(path, "when", rule).map(w -> when(path, w)).orElseGet(TreeMap::new);
    SortedMap<String, String> set =
        part(path, "set", rule).map(s -> set(path, s, when)).orElseGet(TreeMap::new);
    return new KnobTable.Rule(when, set);
  }

  private Optional<ConfigObject> part(String path, String name, ConfigObject rule) {
    ConfigValue value = rule.get(name);
    if (value == null) {
      problems.add(rule, path + " has no " + name + "; it must be { when { ... }, set { ... } }.");
      return Optional.empty();
    }
    if (value instanceof ConfigObject object && !object.isEmpty()) {
      return Optional.of(object);
    }
    problems.illegal(path + "." + name, value, "a block with at least one name");
    return Optional.empty();
  }

  private SortedMap<Axis, String> when(String path, ConfigObject written) {
    SortedMap<Axis, String> when = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(written).entrySet()) {
      int index = AXES.indexOf(entry.getKey());
      if (index < 0) {
        unknown(path + ".when", entry.getKey(), written, AXES);
      } else {
        Axis axis = Axis.values()[index];
        name(axis, path + ".when." + axis.id(), entry.getValue())
            .ifPresent(
                name -> {
                  when.put(axis, name);
                  if (!use.of(axis).contains(name)) {
                    problems.add(
                        entry.getValue(),
                        path + " matches no cell: " + name + " is not among " + axis.list() + ".");
                  }
                });
      }
    }
    return when;
  }

  private Optional<String> name(Axis axis, String path, ConfigValue value) {
    return switch (axis) {
      case DATASET -> axes.name(path, value, repertoire.datasets().keySet());
      case NETWORK -> axes.name(path, value, repertoire.networks().keySet());
      case SCENARIO -> axes.scenarioId(path, value);
      case RECIPE -> axes.name(path, value, Axes.recipes());
      case CONDENSER -> axes.name(path, value, repertoire.condensers().keySet());
      case METHOD -> axes.name(path, value, repertoire.methods().keySet());
    };
  }

  private SortedMap<String, String> set(
      String path, ConfigObject written, SortedMap<Axis, String> when) {
    SortedMap<String, String> set = new TreeMap<>();
    Schema.Written sorted = schema.sort(written, problems);
    sorted
        .top()
        .forEach((name, value) -> problems.add(value, path + " cannot set the axis " + name + "."));
    sorted
        .settings()
        .forEach(
            (block, values) -> {
              Card card = schema.card(block);
              allowed(path, card, values.values().iterator().next(), when);
              for (Knob knob : card.knobs()) {
                ConfigValue value = values.get(knob.name());
                if (value != null) {
                  String name = block + "." + knob.name();
                  KnobText.read(knob, path + ".set." + name, value, problems)
                      .ifPresent(text -> set.put(name, text));
                }
              }
            });
    return set;
  }

  private void allowed(String path, Card card, ConfigValue at, SortedMap<Axis, String> when) {
    if (use.isAxis(card)) {
      problems.add(
          at,
          path
              + " cannot set "
              + card.block()
              + ": settings of datasets and networks hold for all cells; list "
              + card.id()
              + " with its settings on the axis.");
      return;
    }
    Optional<String> unread = use.unread(card);
    if (unread.isPresent()) {
      problems.add(
          at, path + " sets " + card.block() + ", which nobody reads: " + unread.get() + ".");
      return;
    }
    List<Axis> dependable = use.dependable(card);
    for (Axis axis : when.keySet()) {
      if (!dependable.contains(axis)) {
        problems.add(
            at,
            path
                + " makes "
                + card.block()
                + " depend on "
                + axis.id()
                + "; it may depend on "
                + dependable.stream().map(Axis::id).collect(Collectors.joining(", "))
                + " only.");
      }
    }
    String method = when.getOrDefault(Axis.METHOD, card.id());
    if (repertoire.methods().containsValue(card) && !method.equals(card.id())) {
      problems.add(
          at, path + " matches no cell: " + method + " does not read " + card.block() + ".");
    }
  }

  private void unknown(String path, String name, ConfigObject parent, List<String> known) {
    ConfigValue value = parent.getOrDefault(name, parent);
    problems.add(
        value,
        "Unknown setting "
            + path
            + "."
            + name
            + "; the nearest known is "
            + path
            + "."
            + Nearest.of(name, known)
            + ".");
  }
}
