package lethe.plan;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigParseable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Includes that must be there: HOCON passes over a file that is missing, and a misspelt name would
 * leave its settings out without a word. Reads one experiment.
 */
final class RequiredIncludes implements ConfigIncluder, ConfigIncluderFile {
  private final Path experiment;
  private @Nullable ConfigIncluder fallback;
  private Optional<Path> reading = Optional.empty(); // what is included at the moment
  private Optional<String> missing = Optional.empty();

  /**
   * @param experiment with a folder before its name
   */
  RequiredIncludes(Path experiment) {
    this.experiment = experiment;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder other) {
    fallback = other;
    return this;
  }

  /** A sentence about the first include that was not there, with file and line. */
  Optional<String> missing() {
    return missing;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    ConfigIncluder library = library();
    return within(what, () -> library.include(new Strict(context), what));
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    if (!(library() instanceof ConfigIncluderFile library)) {
      throw new IllegalStateException("The library includes no files");
    }
    return within(what.getPath(), () -> library.includeFile(new Strict(context), what));
  }

  private ConfigIncluder library() {
    if (fallback == null) {
      throw new IllegalStateException("The library always offers its own includer");
    }
    return fallback;
  }

  private ConfigObject within(String what, Supplier<ConfigObject> include) {
    Path by = reading.orElse(experiment);
    Path named = by.resolveSibling(what);
    Path completed = by.resolveSibling(what + ".conf"); // as the library does
    Path file = !Files.exists(named) && Files.exists(completed) ? completed : named;
    reading = Optional.of(file);
    try {
      ConfigObject included = include.get();
      reading = Optional.of(by);
      return included;
    } catch (ConfigException.IO e) {
      if (missing.isEmpty() && !Files.exists(file)) {
        missing =
            Optional.of(
                "%s: It includes \"%s\", but there is no file %s."
                    .formatted(place(by, what), what, file));
      }
      throw e;
    }
  }

  /** File and line: the library does not tell an includer the line. */
  private static String place(Path file, String what) {
    Pattern include = Pattern.compile("\\binclude\\b.*\"" + Pattern.quote(what) + '"');
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (include.matcher(lines.get(i)).find()) {
          return file + ":" + (i + 1);
        }
      }
      return file.toString();
    } catch (IOException e) { // of other characters, or of an address
      return file.toString();
    }
  }

  /** The library's context, but what is missing is an error. */
  private record Strict(ConfigIncludeContext context) implements ConfigIncludeContext {
    @Override
    public @Nullable ConfigParseable relativeTo(String name) {
      return context.relativeTo(name);
    }

    @Override
    public ConfigParseOptions parseOptions() {
      return context.parseOptions().setAllowMissing(false);
    }

    @Override
    public ConfigIncludeContext setParseOptions(ConfigParseOptions options) {
      return new Strict(context.setParseOptions(options));
    }
  }
}
