package lethe.data.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers one {@link Scan} in a small JSON file, for as long as the stamp of the scanned files
 * stays the same: hashing 184 MB at every start takes seconds. What is wrong with the file only
 * means that it remembers nothing.
 */
record ScanCache(Path file) {
  private static final Logger LOG = LoggerFactory.getLogger(ScanCache.class);

  /**
   * Place, size and time of change of every one of {@code files} that exists, boiled down: what a
   * change of content changes.
   */
  static String stampOf(Iterable<Path> files) throws IOException {
    MessageDigest sha = Cifar10Files.digest("SHA-256");
    for (Path file : files) {
      if (Files.exists(file)) {
        BasicFileAttributes about = Files.readAttributes(file, BasicFileAttributes.class);
        String line =
            file.toAbsolutePath().normalize() + " " + about.size() + " " + about.lastModifiedTime();
        sha.update((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  /** Whether it remembers anything. */
  boolean isSound() {
    try {
      return Files.exists(file)
          && new ObjectMapper().readTree(Files.readAllBytes(file)).path("stamp").isTextual();
    } catch (IOException e) {
      return false;
    }
  }

  Optional<Scan> find(String stamp) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode tree = new ObjectMapper().readTree(Files.readAllBytes(file));
      boolean legal = tree.path("digest").isTextual() && tree.path("stamp").asText().equals(stamp);
      return legal
          ? Optional.of(
              new Scan(
                  tree.path("digest").asText(),
                  counts(tree.path("train")),
                  counts(tree.path("test"))))
          : Optional.empty();
    } catch (IOException e) {
      LOG.debug("{} remembers nothing: {}", file, e.getMessage());
      return Optional.empty();
    }
  }

  void remember(String stamp, Scan scan) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode tree = mapper.createObjectNode();
    tree.put("stamp", stamp);
    tree.put("digest", scan.digest());
    tree.set("train", mapper.valueToTree(scan.train()));
    tree.set("test", mapper.valueToTree(scan.test()));
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Path whole = Files.createTempFile(folder, "digest", ".tmp"); // two runs may write at once
      Files.write(whole, mapper.writeValueAsBytes(tree));
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.debug("{} cannot be written, so the next start hashes again: {}", file, e.getMessage());
    }
  }

  private static List<Integer> counts(JsonNode list) {
    List<Integer> counts = new ArrayList<>();
    list.forEach(count -> counts.add(count.asInt()));
    return counts;
  }
}
