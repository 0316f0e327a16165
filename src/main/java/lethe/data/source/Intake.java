package lethe.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import lethe.data.DataException;

/** Reads files of a plausible size whole; a pipe or a device would never end. */
final class Intake {
  private Intake() {}

  /**
   * Every byte of a file.
   *
   * @param most bytes that a file of its kind can have
   * @throws DataException when something else has its place
   */
  static byte[] readAll(Path file, int most) throws IOException {
    require(file, most);
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw Damage.of(file, e);
    }
  }

  /**
   * Every byte of an entry of an archive, whose stream ends with it.
   *
   * @param place what sentences call it
   */
  static byte[] readEntry(InputStream entry, String place, int most) throws IOException {
    byte[] bytes = entry.readNBytes(most + 1);
    if (bytes.length > most) {
      throw tooLarge(place, most);
    }
    return bytes;
  }

  /**
   * @throws DataException when {@code file} is there and no regular file, or has more bytes than
   *     one of its kind can have
   */
  static void require(Path file, long most) throws IOException {
    if (Files.isDirectory(file)) {
      throw new DataException(file + " is a folder; it must be a file.");
    }
    if (!Files.exists(file)) {
      return; // its reader has the sentence
    }
    if (!Files.isRegularFile(file)) {
      throw new DataException(file + " is a pipe or a device; it must be a file.");
    }
    if (Files.size(file) > most) {
      throw tooLarge(file.toString(), most);
    }
  }

  private static DataException tooLarge(String place, long most) {
    return new DataException(
        "%s has more than %,d bytes, which no file of its kind has.".formatted(place, most));
  }

  /**
   * Says of a folder that may not be looked into that it may not: it seems to be empty.
   *
   * @param folder may be missing; then the one that would have it counts
   */
  static void requireOpen(Path folder) {
    Path at = folder.toAbsolutePath();
    while (at != null && !Files.isDirectory(at)) {
      at = at.getParent();
    }
    if (at != null && !Files.isExecutable(at)) {
      throw new DataException(at + " cannot be looked into: no permission.");
    }
  }
}
