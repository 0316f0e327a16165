package lethe.data.source;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of a dataset as its home offers it.
 *
 * @param address where it is offered
 * @param place where it belongs
 * @param bytes its length, for people; what proves it is the checksum
 * @param md5 checksum of all of it, in hexadecimal
 */
public record Download(URI address, Path place, long bytes, String md5) {
  /** How a sentence about missing files ends. */
  static final String PERMISSION = "data.fetch = true lets a run fetch what is missing";

  /** The file of that name in {@code folder}; its home calls it the same. */
  static Download of(String home, String name, Path folder, long bytes, String md5) {
    return new Download(URI.create(home + name), folder.resolve(name), bytes, md5);
  }

  /** This file, where neither it nor the folder is there that it packs. */
  List<Download> unless(Path folder) {
    return Files.isDirectory(folder) || Files.exists(place) ? List.of() : List.of(this);
  }

  String name() {
    return String.valueOf(place.getFileName());
  }

  /** How a sentence about a missing file names it. */
  String offer() {
    return "%s (%s, %,d MB)".formatted(name(), address, megabytes(bytes));
  }

  /** How far {@code there} bytes are. */
  String progress(long there) {
    return "%,d of %,d MB".formatted(megabytes(there), megabytes(bytes));
  }

  private static long megabytes(long bytes) {
    return Math.round(bytes / 1e6);
  }
}
