package lethe.plan;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the user's machine: {@code application.conf} over {@code reference.conf}. */
public final class MachineReader {
  /** Every setting of the machine. */
  static final List<String> PATHS =
      List.of(
          "device",
          "engine-threads",
          "cpu-threads",
          "quiet-timing",
          "micro-batch",
          "lease.memory",
          "checkpoint.every",
          "on-out-of-memory",
          "on-host-fault",
          "preflight",
          "data.dir",
          "data.fetch",
          "results.dir",
          "store");

  private static final Knob THREADS = Knob.integer("threads", 1, 1024);
  private static final Knob MICRO_BATCH = Knob.integer("micro-batch", 0, 65_536);
  private static final Knob FETCH = Knob.choice("fetch", List.of("true", "false"));
  private static final Knob EVERY = Knob.number("every", 0, 86_400);
  private static final long LEAST_MEMORY = 1L << 30; // a process takes as much before it trains
  private static final String PAUSE = "pause";
  private static final Knob ON_HOST_FAULT = Knob.choice("on-host-fault", List.of(PAUSE, "stop"));
  private static final String SMALLER = "smaller-passes";
  private static final Knob ON_OUT_OF_MEMORY =
      Knob.choice("on-out-of-memory", List.of("fail", SMALLER));
  private static final String AUTO = "auto";

  private final Config typed;
  private final Config written;
  private final Path home;
  private final Problems problems;

  private MachineReader(Config typed, Config written, Path home, Problems problems) {
    this.typed = typed;
    this.written = written;
    this.home = home.toAbsolutePath();
    this.problems = problems;
  }

  /**
   * Reads the settings of the machine. On the command line they win over {@code LETHE_DATA}, which
   * wins over the file.
   *
   * @param home folder of {@code application.conf}, which may be missing; relative paths written
   *     there start from it, and those of the command line and of {@code LETHE_DATA} from the
   *     current folder
   * @param words the command line's {@code key=value} words; those of the experiment are left to
   *     {@link GridReader}, which also complains of words that are none
   * @param results the folder given by {@code --results}
   * @param environment the process environment, for {@code LETHE_DATA}
   * @throws GridException with every problem found
   */
  public static Machine read(
      Path home, List<String> words, Optional<Path> results, Map<String, String> environment) {
    Problems problems = new Problems();
    Reference reference = Reference.load();
    Path file = home.resolve("application.conf");
    Optional<ConfigObject> own =
        Files.exists(file) ? Sheet.ofFile(file, reference.config(), problems) : Optional.empty();
    own.ifPresent(tree -> checkNames("", tree, problems));
    Config written =
        own.map(tree -> tree.toConfig().withFallback(reference.config()))
            .orElse(reference.config());
    List<Sheet.Word> said = new ArrayList<>();
    String data = environment.getOrDefault("LETHE_DATA", "");
    if (!data.isBlank()) {
      said.add(new Sheet.Word("data.dir", ConfigValueFactory.fromAnyRef(data, "LETHE_DATA")));
    }
    Sheet.words(words, new Problems()).stream()
        .filter(w -> PATHS.contains(w.path()))
        .forEach(said::add);
    results.ifPresent(
        dir ->
            said.add(
                new Sheet.Word(
                    "results.dir", ConfigValueFactory.fromAnyRef(dir.toString(), "--results"))));
    Config typed = Sheet.tree(said).toConfig();
    Machine machine = new MachineReader(typed, written, home, problems).machine();
    problems.throwIfAny();
    return machine;
  }

  private Machine machine() {
    Path results = folder("results.dir");
    return new Machine(
        choice("device", Machine.Device.values()),
        threads("engine-threads"),
        threads("cpu-threads"),
        folder("data.dir"),
        results,
        isAuto("store") ? results.resolve("store") : folder("store"),
        choice("quiet-timing", Machine.QuietTiming.values()),
        microBatch(),
        memory(),
        word("data.fetch", FETCH).equals("true"),
        number("checkpoint.every", EVERY),
        word("on-out-of-memory", ON_OUT_OF_MEMORY).equals(SMALLER),
        word("on-host-fault", ON_HOST_FAULT).equals(PAUSE),
        choice("preflight", Machine.Preflight.values()));
  }

  private static void checkNames(String parent, ConfigObject tree, Problems problems) {
    for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(tree).entrySet()) {
      String path = parent + ConfigUtil.joinPath(entry.getKey());
      ConfigValue value = entry.getValue();
      boolean above = PATHS.stream().anyMatch(p -> p.startsWith(path + "."));
      if (above && value instanceof ConfigObject object) {
        checkNames(path + ".", object, problems);
      } else if (Schema.TOP.contains(path)) {
        problems.add(value, path + " belongs to an experiment, not to the machine.");
      } else if (!PATHS.contains(path)) {
        problems.add(
            value,
            "Unknown setting of the machine "
                + path
                + "; the nearest known is "
                + Nearest.of(path, PATHS)
                + ".");
      } else if (value.valueType() == ConfigValueType.NULL) {
        problems.add(value, path + " is null; leave the line out for the default.");
      }
    }
  }

  private ConfigValue value(String path) {
    if (typed.hasPath(path)) {
      return typed.getValue(path);
    }
    // a null was complained of already; the default stands in for it
    return written.hasPath(path) ? written.getValue(path) : Reference.load().value(path);
  }

  private boolean isAuto(String path) {
    return KnobText.word(value(path)).filter(AUTO::equals).isPresent();
  }

  private <T extends Enum<T>> T choice(String path, T[] values) {
    // on and off are words for true and false in HOCON
    List<String> names = Arrays.stream(values).map(v -> v.name().toLowerCase(Locale.ROOT)).toList();
    return KnobText.read(Knob.choice(path, names), path, value(path), problems)
        .map(name -> values[names.indexOf(name)])
        .orElse(values[0]);
  }

  private int threads(String path) {
    if (isAuto(path)) {
      return 0;
    }
    Problems own = new Problems();
    Optional<String> text = KnobText.read(THREADS, path, value(path), own);
    if (text.isEmpty()) {
      problems.illegal(path, value(path), "auto or " + KnobText.legal(THREADS));
    }
    return text.map(Integer::valueOf).orElse(0);
  }

  private int microBatch() {
    String path = "micro-batch";
    return KnobText.read(MICRO_BATCH, path, value(path), problems).map(Integer::valueOf).orElse(0);
  }

  private double number(String path, Knob knob) {
    return KnobText.read(knob, path, value(path), problems).map(Double::valueOf).orElse(0.0);
  }

  private long memory() {
    String path = "lease.memory";
    ConfigValue value = value(path);
    try {
      long bytes = value.atKey("size").getMemorySize("size").toBytes();
      if (bytes == 0 || bytes >= LEAST_MEMORY) {
        return bytes;
      }
    } catch (ConfigException e) {
      // falls through: no size
    }
    problems.illegal(path, value, "a size such as 7 GiB, at least 1 GiB, or 0 for no limit");
    return 0;
  }

  private String word(String path, Knob choice) {
    return KnobText.read(choice, path, value(path), problems).orElse("");
  }

  /** Words and variables start from the current folder, what a file says from the home. */
  private Path folder(String path) {
    String word = KnobText.word(value(path)).orElse("");
    try {
      if (!word.isBlank()) {
        Path folder = typed.hasPath(path) ? Path.of(word).toAbsolutePath() : home.resolve(word);
        return folder.normalize();
      }
    } catch (InvalidPathException e) {
      // falls through: no path
    }
    problems.illegal(path, value(path), "a folder");
    return home;
  }
}
