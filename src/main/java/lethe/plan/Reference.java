package lethe.plan;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The defaults: the {@code lethe} block of {@code reference.conf}. */
public final class Reference {
  private final Config config;

  private Reference(Config config) {
    this.config = config;
  }

  /** Finds Lethe's {@code reference.conf}: libraries have files of that name too. */
  public static Reference load() {
    ClassLoader loader = Reference.class.getClassLoader();
    try {
      for (URL url : Collections.list(loader.getResources("reference.conf"))) {
        Config candidate = ConfigFactory.parseURL(url);
        if (candidate.root().containsKey("lethe")) {
          return new Reference(candidate.getConfig("lethe"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look for reference.conf on the class path", e);
    }
    throw new IllegalStateException("No reference.conf with a block \"lethe\" on the class path");
  }

  Config config() {
    return config;
  }

  ConfigObject root() {
    return config.root();
  }

  ConfigValue value(String path) {
    return config.getValue(path);
  }

  /** Every setting of {@code card} with its default. */
  public Settings defaults(Card card) {
    Problems problems = new Problems();
    SortedMap<String, String> defaults = new TreeMap<>();
    for (Knob knob : card.knobs()) {
      String path = card.block() + "." + knob.name();
      if (!config.hasPath(path)) {
        throw new IllegalStateException("reference.conf has no line for lethe." + path);
      }
      ConfigValue value = config.getValue(path);
      KnobText.read(knob, path, value, problems).ifPresent(v -> defaults.put(knob.name(), v));
    }
    if (!problems.none()) {
      throw new IllegalStateException(String.join("\n", problems.sentences()));
    }
    return new Settings(defaults);
  }
}
