package lethe.ledger;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the results of one experiment were made: {@code provenance.json}.
 *
 * @param lethe version of Lethe
 * @param commit commit of the checkout it was built from, where known
 * @param versions engine, djl, akka, jdk: version by name
 * @param device class of the device, such as {@code cpu-amd64-avx512} or {@code cuda-8.6}
 * @param host name of the machine
 * @param os operating system, version and architecture
 * @param threads threads by what they do, such as {@code engine} and {@code cpu-pool}
 * @param command the command line
 * @param started when the last run started, ISO 8601
 * @param ended when it ended; empty while it runs or when it was killed
 */
@JsonPropertyOrder({
  "lethe",
  "commit",
  "versions",
  "device",
  "host",
  "os",
  "threads",
  "command",
  "started",
  "ended"
})
public record Provenance(
    String lethe,
    Optional<String> commit,
    SortedMap<String, String> versions,
    String device,
    String host,
    String os,
    SortedMap<String, Integer> threads,
    List<String> command,
    String started,
    Optional<String> ended) {
  /** Its name in an experiment's folder. */
  public static final String FILE = "provenance.json";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new Jdk8Module())
          .enable(SerializationFeature.INDENT_OUTPUT);

  public Provenance {
    versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    threads = Collections.unmodifiableSortedMap(new TreeMap<>(threads));
    command = List.copyOf(command);
  }

  /** A run that starts now, on this machine and JDK. */
  public static Provenance start(
      String lethe,
      Optional<String> commit,
      SortedMap<String, String> versions,
      String device,
      SortedMap<String, Integer> threads,
      List<String> command) {
    SortedMap<String, String> all = new TreeMap<>(versions);
    all.put("jdk", property("java.runtime.version"));
    return new Provenance(
        lethe,
        commit,
        all,
        device,
        Owner.host(),
        property("os.name") + " " + property("os.version") + " " + property("os.arch"),
        threads,
        command,
        Instant.now().toString(),
        Optional.empty());
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  /** The same run, ended now. */
  public Provenance end() {
    return new Provenance(
        lethe,
        commit,
        versions,
        device,
        host,
        os,
        threads,
        command,
        started,
        Optional.of(Instant.now().toString()));
  }

  /** What the manifest of each artifact repeats: enough to know where it came from. */
  public SortedMap<String, String> brief() {
    SortedMap<String, String> brief = new TreeMap<>(versions);
    brief.put("lethe", lethe);
    commit.ifPresent(c -> brief.put("commit", c));
    brief.put("device", device);
    brief.put("host", host);
    brief.put("os", os);
    threads.forEach((name, count) -> brief.put("threads-" + name, String.valueOf(count)));
    return brief;
  }

  /** Writes the file into an experiment's folder, whole or not at all. */
  public void write(Path folder) throws IOException {
    Path draft = folder.resolve(FILE + ".draft");
    Files.write(draft, JSON.writeValueAsBytes(this));
    Files.move(draft, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Reads it back; empty when it is missing or unreadable, for it is only told, never needed. */
  public static Optional<Provenance> read(Path folder) {
    try {
      return Optional.of(JSON.readValue(folder.resolve(FILE).toFile(), Provenance.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
