package lethe.plan;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every name that may be written in an experiment, and what stands where. */
final class Schema {
  /** The settings outside of blocks. */
  static final List<String> TOP =
      List.of(
          "name",
          "datasets",
          "networks",
          "scenarios",
          "rounds",
          "methods",
          "recipes",
          "condensers",
          "seeds",
          Protocol.NAME,
          "overrides");

  private static final int SLIP = 2; // edits one makes by mistake

  private final SortedMap<String, Card> blocks = new TreeMap<>();

  Schema(Repertoire repertoire) {
    repertoire.cards().forEach(card -> blocks.put(card.block(), card));
  }

  /**
   * What a user wrote, sorted by where it belongs.
   *
   * @param top values of {@link #TOP}
   * @param settings values by block and knob
   */
  record Written(
      SortedMap<String, ConfigValue> top,
      SortedMap<String, SortedMap<String, ConfigValue>> settings) {
    /** What is written in the block of {@code card}, by knob. */
    SortedMap<String, ConfigValue> values(Card card) {
      return settings.getOrDefault(card.block(), new TreeMap<>());
    }

    /** The paths written in {@code block}. */
    List<String> paths(String block) {
      return settings.getOrDefault(block, new TreeMap<>()).keySet().stream()
          .map(knob -> block + "." + knob)
          .toList();
    }
  }

  Card card(String block) {
    Card card = blocks.get(block);
    if (card == null) {
      throw new IllegalArgumentException("No block " + block + " among " + blocks.keySet());
    }
    return card;
  }

  /** Sorts a tree; a problem for each name nobody knows. */
  Written sort(ConfigObject tree, Problems problems) {
    Written written = new Written(new TreeMap<>(), new TreeMap<>());
    sort("", tree, written, problems);
    return written;
  }

  private void sort(String parent, ConfigObject tree, Written written, Problems problems) {
    for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(tree).entrySet()) {
      String path = join(parent, entry.getKey());
      ConfigValue value = entry.getValue();
      if (parent.isEmpty() && TOP.contains(path)) {
        written.top().put(path, value);
      } else if (blocks.containsKey(path) || isAbove(path, blocks.keySet())) {
        if (!(value instanceof ConfigObject object)) {
          problems.illegal(path, value, "a block of settings in braces");
        } else if (blocks.containsKey(path)) {
          sort(card(path), object, written, problems);
        } else {
          sort(path, object, written, problems);
        }
      } else if (MachineReader.PATHS.contains(path) || isAbove(path, MachineReader.PATHS)) {
        problems.add(
            value,
            path + " belongs to the machine: write it in application.conf or on the command line.");
      } else {
        unknown(path, value, siblings(parent), problems);
      }
    }
  }

  private void sort(Card card, ConfigObject block, Written written, Problems problems) {
    for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(block).entrySet()) {
      if (card.knobs().stream().anyMatch(knob -> knob.name().equals(entry.getKey()))) {
        written
            .settings()
            .computeIfAbsent(card.block(), b -> new TreeMap<>())
            .put(entry.getKey(), entry.getValue());
      } else {
        String path = join(card.block(), entry.getKey());
        unknown(path, entry.getValue(), leaves(card), problems);
      }
    }
  }

  /** Complains of unknown names in the settings of one entry of an axis. */
  void sortAxis(Card card, String path, ConfigObject entry, Problems problems) {
    List<String> known =
        Stream.concat(Stream.of("id"), card.knobs().stream().map(Knob::name)).toList();
    for (Map.Entry<String, ConfigValue> setting : new TreeMap<>(entry).entrySet()) {
      if (!known.contains(setting.getKey())) {
        problems.add(
            setting.getValue(),
            "Unknown setting "
                + join(path, setting.getKey())
                + "; the nearest known is "
                + path
                + "."
                + Nearest.of(setting.getKey(), known)
                + ".");
      }
    }
  }

  private void unknown(
      String path, ConfigValue value, Collection<String> siblings, Problems problems) {
    problems.add(
        value, "Unknown setting " + path + "; the nearest known is " + near(path, siblings) + ".");
  }

  /** A sibling that differs by a slip, else the same word elsewhere, else any sibling. */
  private String near(String path, Collection<String> siblings) {
    String last = path.substring(path.lastIndexOf('.') + 1);
    List<String> elsewhere =
        blocks.values().stream()
            .flatMap(card -> leaves(card).stream())
            .filter(leaf -> leaf.endsWith("." + last))
            .toList();
    if (!siblings.isEmpty()) {
      String sibling = Nearest.of(path, siblings);
      if (elsewhere.isEmpty() || Nearest.edits(path, sibling) <= SLIP) {
        return sibling;
      }
    }
    return Nearest.of(path, elsewhere.isEmpty() ? TOP : elsewhere);
  }

  private Collection<String> siblings(String parent) {
    List<String> siblings = new ArrayList<>();
    if (parent.isEmpty()) {
      siblings.addAll(TOP);
      siblings.addAll(MachineReader.PATHS);
    }
    String prefix = parent.isEmpty() ? "" : parent + ".";
    for (String block : blocks.keySet()) {
      if (block.startsWith(prefix)) {
        siblings.add(prefix + block.substring(prefix.length()).split("\\.", 2)[0]);
      }
    }
    return siblings;
  }

  private static List<String> leaves(Card card) {
    return card.knobs().stream().map(knob -> card.block() + "." + knob.name()).toList();
  }

  private static boolean isAbove(String path, Collection<String> paths) {
    return paths.stream().anyMatch(p -> p.startsWith(path + "."));
  }

  private static String join(String parent, String key) {
    String shown = ConfigUtil.joinPath(key);
    return parent.isEmpty() ? shown : parent + "." + shown;
  }
}
