package lethe.plan;

import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Original weights that the user has already, in the place of a training. Their bytes are part of
 * the keys, their place is not.
 */
public final class StartWeights {
  static final String NAME = "weights";

  /** Where a file is; in a path, {@link #SEED} stands for the seed. */
  public static final Knob KNOB = Knob.file(NAME);

  private static final String SEED = "{seed}";
  private static final String PLACE = NAME + Settings.PLACE;

  private StartWeights() {}

  /**
   * The digests of all files that {@code settings} name for {@code seeds}; a problem for others.
   */
  static void read(
      Settings settings,
      Iterable<Long> seeds,
      ConfigValue at,
      Map<String, String> digests,
      Problems problems) {
    for (long seed : seeds) {
      path(settings, seed)
          .filter(path -> !digests.containsKey(path))
          .ifPresent(
              path -> {
                if (Files.isRegularFile(Path.of(path))) {
                  try {
                    digests.put(path, digest(Path.of(path)));
                  } catch (IOException e) {
                    problems.add(at, path + " cannot be read: " + DiskWord.of(e) + ".");
                  }
                } else {
                  problems.add(at, DiskWord.noFile(Path.of(path)));
                }
              });
    }
  }

  /** The file that every seed starts from, whatever its number; empty where each has its own. */
  public static Optional<String> shared(Settings settings) {
    return path(settings, 0).filter(path -> path.equals(settings.entries().get(NAME)));
  }

  /**
   * What a stage is told in the place of how to train; {@code settings} without a file for those
   * that train.
   */
  static Settings instead(Settings settings, long seed, Map<String, String> digests) {
    SortedMap<String, String> all = new TreeMap<>(settings.entries());
    all.remove(NAME);
    return path(settings, seed)
        .map(
            path ->
                Settings.of(
                    Map.of(
                        NAME, Optional.ofNullable(digests.get(path)).orElseThrow(), PLACE, path)))
        .orElseGet(() -> new Settings(all));
  }

  /** The file for {@code seed}; empty where weights are trained. */
  public static Optional<String> path(Settings settings, long seed) {
    return Optional.ofNullable(settings.entries().get(NAME))
        .filter(template -> !template.isEmpty())
        .map(template -> template.replace(SEED, String.valueOf(seed)));
  }

  /**
   * The file a stage takes its weights from; empty where it trains.
   *
   * @throws IOException when the file cannot be read, or is another one than at the start
   */
  public static Optional<Path> of(Settings settings) throws IOException {
    if (!settings.has(PLACE)) {
      return Optional.empty();
    }
    Path path = Path.of(settings.text(PLACE));
    if (!Files.isRegularFile(path) || !digest(path).equals(settings.text(NAME))) {
      throw new IOException(path + " is gone or another file than when the run started.");
    }
    return Optional.of(path);
  }

  private static String digest(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      DigestInputStream digest = new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"));
      digest.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
