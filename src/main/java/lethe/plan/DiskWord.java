package lethe.plan;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Why the disk refused, in a word: the message of its exceptions is often but the path. */
public final class DiskWord {
  private DiskWord() {}

  public static String of(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }

  /** The sentence of a path that is no file. */
  static String noFile(Path path) {
    if (Files.isDirectory(path)) {
      return path + " is a folder; it must be a file.";
    }
    return Files.exists(path)
        ? path + " is a pipe or a device; it must be a file."
        : "There is no file " + path + ".";
  }
}
