package lethe.plan;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What tables of one grid lack that those of another had. Both are as {@link GridText} writes. */
public final class GridDifference {
  private static final List<String> LISTS =
      Stream.concat(Arrays.stream(Axis.values()).map(Axis::list), Stream.of("seeds")).toList();
  private static final String ROUNDS = "rounds";

  private final Config before;
  private final Config now;
  private final List<String> lost = new ArrayList<>();

  private GridDifference(Config before, Config now) {
    this.before = before;
    this.now = now;
  }

  /**
   * What {@code before} has and {@code now} has not, in words such as {@code methods scrub};
   * nothing where the grid only grew, or {@code before} is no grid.
   */
  public static List<String> lost(String before, String now) {
    try {
      return new GridDifference(ConfigFactory.parseString(before), ConfigFactory.parseString(now))
          .lost();
    } catch (ConfigException e) {
      return List.of(); // cut or edited: it has no say
    }
  }

  private List<String> lost() {
    LISTS.stream().filter(this::inBoth).forEach(this::list);
    if (inBoth(ROUNDS) && before.getInt(ROUNDS) > now.getInt(ROUNDS)) {
      lost.add("round " + before.getInt(ROUNDS));
    }
    ConfigObject today = now.root();
    for (Map.Entry<String, ConfigValue> block : new TreeMap<>(before.root()).entrySet()) {
      String name = block.getKey();
      if (!LISTS.contains(name) && !name.equals(ROUNDS) && today.containsKey(name)) {
        settings(name, block.getValue(), today.get(name));
      }
    }
    return List.copyOf(lost);
  }

  private boolean inBoth(String name) {
    return before.root().containsKey(name) && now.root().containsKey(name);
  }

  private void list(String name) {
    Set<String> kept = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (ConfigValue item : now.getList(name)) {
      kept.add(shown(item));
      ids.add(id(item));
    }
    List<String> gone = new ArrayList<>();
    for (ConfigValue item : before.getList(name)) {
      if (!kept.contains(shown(item))) {
        gone.add(id(item) + (ids.contains(id(item)) ? " with its settings of then" : ""));
      }
    }
    if (!gone.isEmpty()) {
      lost.add(name + " " + String.join(", ", gone));
    }
  }

  private void settings(String path, ConfigValue then, ConfigValue today) {
    if (then instanceof ConfigObject block && today instanceof ConfigObject other) {
      for (Map.Entry<String, ConfigValue> setting : new TreeMap<>(block).entrySet()) {
        if (other.containsKey(setting.getKey())) {
          settings(path + "." + setting.getKey(), setting.getValue(), other.get(setting.getKey()));
        }
      }
    } else if (!shown(then).equals(shown(today))) {
      lost.add(path.equals("overrides") ? path : path + " = " + shown(then));
    }
  }

  private static String id(ConfigValue item) {
    return String.valueOf(
        item instanceof ConfigObject object && object.containsKey("id")
            ? object.toConfig().getString("id")
            : item.unwrapped());
  }

  private static String shown(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }
}
