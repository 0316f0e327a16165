package lethe.plan;

import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Training images that a file lists: one number a line, counted from 0 in the order of the whole
 * training set, each once. Two lists are equal where place and bytes are.
 */
public final class IndexList {
  private static final long MOST = 100_000_000; // bytes: millions of images
  private static final int SHOWN = 40; // characters of a line in a sentence

  private final Path path;
  private final String digest;
  private final int[] indices;

  private IndexList(Path path, String digest, int[] indices) {
    this.path = path;
    this.digest = digest;
    this.indices = indices;
  }

  /** The list in {@code file}, an absolute path; a problem with file and line where it is none. */
  static Optional<IndexList> read(Path file, ConfigValue at, Problems problems) {
    if (!Files.isRegularFile(file)) {
      problems.add(at, DiskWord.noFile(file));
      return Optional.empty();
    }
    try {
      if (Files.size(file) > MOST) {
        problems.add(
            at,
            "%s has more than %,d bytes; it must list one training index a line."
                .formatted(file, MOST));
        return Optional.empty();
      }
      byte[] bytes = Files.readAllBytes(file);
      List<String> lines =
          StandardCharsets.UTF_8
              .newDecoder() // the strict one
              .decode(ByteBuffer.wrap(bytes))
              .toString()
              .replaceFirst("^\\uFEFF", "") // a byte order mark, as some editors write
              .lines()
              .toList();
      return indices(file, lines, problems).map(i -> new IndexList(file, sha256(bytes), i));
    } catch (CharacterCodingException e) {
      problems.add(file + " is no text; it must list one training index a line.");
    } catch (IOException e) {
      problems.add(file + " cannot be read: " + DiskWord.of(e) + ".");
    }
    return Optional.empty();
  }

  private static Optional<int[]> indices(Path file, List<String> lines, Problems problems) {
    if (lines.isEmpty()) {
      problems.add(file + " is empty; it must list one training index a line.");
      return Optional.empty();
    }
    int[] indices = new int[lines.size()];
    Map<Integer, Integer> seen = new HashMap<>(); // line by index
    for (int i = 0; i < indices.length; i++) {
      String line = lines.get(i).strip();
      Optional<Integer> index = index(line);
      if (index.isEmpty()) {
        String shown = line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
        problems.add(
            "%s:%d: \"%s\" is no training index; it must be a whole number from 0 to %d."
                .formatted(file, i + 1, shown, Integer.MAX_VALUE));
        return Optional.empty();
      }
      indices[i] = index.get();
      Integer earlier = seen.putIfAbsent(indices[i], i + 1);
      if (earlier != null) {
        problems.add(
            "%s:%d: index %d is in line %d already; each image must be listed once."
                .formatted(file, i + 1, indices[i], earlier));
        return Optional.empty();
      }
    }
    return Optional.of(indices);
  }

  private static Optional<Integer> index(String line) {
    try {
      return line.matches("\\d+") ? Optional.of(Integer.valueOf(line)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty(); // more than an int holds
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Where it was read. */
  public Path path() {
    return path;
  }

  /** SHA-256 of the file's bytes: part of the keys of what is made with it. */
  public String digest() {
    return digest;
  }

  /** In the order of the file. */
  public int[] indices() {
    return indices.clone();
  }

  public int size() {
    return indices.length;
  }

  /** A sentence about the first index that {@code images} training images do not have. */
  public Optional<String> outside(int images, String dataset) {
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] >= images) {
        return Optional.of(
            "%s:%d: %s has no training image %d; it must be from 0 to %d."
                .formatted(path, i + 1, dataset, indices[i], images - 1));
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IndexList list
        && list.path.equals(path)
        && list.digest.equals(digest)
        && Arrays.equals(list.indices, indices);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  @Override
  public String toString() {
    return path + " (" + indices.length + " images)";
  }
}
