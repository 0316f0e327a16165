package lethe.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every verb about experiments takes: files, settings, a results folder. */
final class Request {
  private static final Pattern SETTING = Pattern.compile("[A-Za-z][A-Za-z0-9.-]*=.*");

  @Parameters(
      paramLabel = "EXPERIMENT [key=value]",
      arity = "1..*",
      description = "the experiment's file, and settings that win over it")
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "folder of the experiments' folders, in place of results/")
  private @Nullable Path results;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "say this and end")
  private boolean help;

  /** The experiments' files. */
  List<Path> files() {
    return words.stream().filter(w -> !isSetting(w)).map(Path::of).toList();
  }

  /** The one experiment's file. */
  Path file() {
    List<Path> files = files();
    if (files.size() != 1) {
      throw Refusal.usage(
          files.isEmpty()
              ? "Which experiment? Name its file, such as experiments/quickstart.conf."
              : "One experiment at a time, not " + files.size() + ": " + files + ".");
    }
    return files.get(0);
  }

  /** The {@code key=value} words. */
  List<String> settings() {
    return words.stream().filter(Request::isSetting).toList();
  }

  Optional<Path> results() {
    return Optional.ofNullable(results).map(Path::toAbsolutePath);
  }

  private static boolean isSetting(String word) {
    return SETTING.matcher(word).matches() && !Files.exists(Path.of(word));
  }
}
