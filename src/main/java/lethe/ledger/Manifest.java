package lethe.ledger;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an artifact is and how it was born: {@code manifest.json} beside its files.
 *
 * @param key stage key
 * @param stage kind of stage
 * @param digest content digest: SHA-256 over the files' names and SHA-256s, sorted by name. Times
 *     and provenance stay outside, so two machines or runs that made the same bytes agree.
 * @param files the files, sorted by name
 * @param seconds spans by name
 * @param flags what misleads about the result
 * @param ingredients what went into the key
 * @param provenance versions, device and host that made it
 */
@JsonPropertyOrder({
  "key",
  "stage",
  "digest",
  "files",
  "seconds",
  "flags",
  "ingredients",
  "provenance"
})
public record Manifest(
    String key,
    String stage,
    String digest,
    List<Entry> files,
    SortedMap<String, Double> seconds,
    List<String> flags,
    SortedMap<String, String> ingredients,
    SortedMap<String, String> provenance) {
  /** In the provenance of engine stages: the most memory that was taken, in bytes. */
  public static final String PEAK_MEMORY = "peak-memory";

  static final String FILE = "manifest.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** One file of an artifact. */
  public record Entry(String name, long bytes, String sha256) {}

  public Manifest {
    files = List.copyOf(files);
    seconds = Collections.unmodifiableSortedMap(new TreeMap<>(seconds));
    flags = List.copyOf(flags);
    ingredients = Collections.unmodifiableSortedMap(new TreeMap<>(ingredients));
    provenance = Collections.unmodifiableSortedMap(new TreeMap<>(provenance));
  }

  /** The content digest of {@code files}, which are sorted by name. */
  static String digestOf(List<Entry> files) {
    StringBuilder text = new StringBuilder();
    for (Entry file : files) {
      text.append(file.name()).append(' ').append(file.sha256()).append('\n');
    }
    return Checksums.sha256(text.toString());
  }

  void write(Path file) throws IOException {
    Files.write(file, JSON.writeValueAsBytes(this));
  }

  /**
   * Reads one.
   *
   * @throws JsonProcessingException when the bytes are no manifest; any other exception is the
   *     disk's
   */
  static Manifest read(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return JSON.readValue(text, Manifest.class);
  }
}
