package lethe.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every verb about experiments takes: files, settings, a results folder. */
final class Request {
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
    if (files.size() == 1) {
      return files.get(0);
    }
    if (files.isEmpty()) {
      throw Refusal.usage("Which experiment? Name its file, such as experiments/quickstart.conf.");
    }
    List<Path> missing = files.stream().filter(file -> !Files.exists(file)).toList();
    throw Refusal.usage(
        "One experiment at a time, not %d: %s.%s"
            .formatted(
                files.size(),
                files,
                missing.isEmpty()
                    ? ""
                    : " There is no file " + missing.get(0) + "; a setting is written key=value."));
  }

  /** The {@code key=value} words. */
  List<String> settings() {
    return words.stream().filter(Request::isSetting).toList();
  }

  Optional<Path> results() {
    if (results != null && results.toString().isEmpty()) {
      throw Refusal.usage("--results is empty; it must be a folder.");
    }
    return Optional.ofNullable(results).map(Path::toAbsolutePath);
  }

  private static boolean isSetting(String word) {
    return word.indexOf('=') >= 0 && !Files.exists(Path.of(word));
  }
}
