package lethe.data.source;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import lethe.data.DataException;

/** What is said of a file that cannot be read to its end. */
final class Damage {
  private Damage() {}

  /**
   * The sentence of a damaged file.
   *
   * @throws IOException {@code problem}, where the file cannot be read at all
   */
  static DataException of(Path file, IOException problem) throws IOException {
    if (Files.isDirectory(file)) {
      return new DataException(file + " is a folder; it must be a file.");
    }
    if (!Files.isReadable(file)) {
      throw problem;
    }
    return new DataException(
        "%s is cut or damaged at or before byte %d (%s)."
            .formatted(file, Files.size(file), reason(problem)),
        problem);
  }

  /** The innermost sentence: the outer ones only repeat it with class names. */
  static String reason(Throwable problem) {
    Throwable inner = problem;
    while (inner.getCause() != null) {
      inner = inner.getCause();
    }
    if (inner instanceof EOFException) {
      return "it ends early"; // decoders give no message of their own
    }
    String words =
        Optional.ofNullable(inner.getMessage()).orElseGet(inner.getClass()::getSimpleName);
    return words.replaceAll("[.!\\s]+$", ""); // it goes into a sentence
  }
}
