package lethe.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the project, as a reader sees them. */
final class ProjectFiles {
  static final Path HOME = Path.of("").toAbsolutePath();

  private ProjectFiles() {}

  /** Every Java file below {@code folder}, sorted. */
  static List<Path> java(String folder) {
    return below(HOME.resolve(folder), ".java");
  }

  static List<Path> below(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
