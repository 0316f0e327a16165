package lethe.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTest {
  private static final String COMMIT = "8582c84f00f00f00f00f00f00f00f00f00f00f00";

  @Test
  void what_is_written_is_read(@TempDir Path folder) throws IOException {
    Provenance started =
        Provenance.start(
            "0.1.0",
            Optional.of(COMMIT),
            new TreeMap<>(Map.of("akka", "2.8.5")),
            "cpu",
            new TreeMap<>(Map.of("engine", 2)),
            List.of("lethe", "run"));
    started.write(folder);
    assertEquals(Optional.of(started), Provenance.read(folder));
    started.end().write(folder);
    assertTrue(Provenance.read(folder).orElseThrow().ended().isPresent());
    assertEquals("2", started.brief().get("threads-engine"));
  }

  @Test
  void the_commit_is_read_from_loose_packed_and_detached_heads(@TempDir Path folder)
      throws IOException {
    assertEquals(Optional.empty(), Checkout.commit(folder));
    Path git = Files.createDirectories(folder.resolve(".git/refs/heads")).resolve("../..");
    Files.writeString(git.resolve("HEAD"), COMMIT + "\n");
    assertEquals(Optional.of(COMMIT), Checkout.commit(folder));
    Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
    Files.writeString(git.resolve("packed-refs"), "# pack-refs\n" + COMMIT + " refs/heads/main\n");
    assertEquals(Optional.of(COMMIT), Checkout.commit(folder));
    Files.writeString(git.resolve("refs/heads/main"), COMMIT.replace('8', '9') + "\n");
    assertEquals(Optional.of(COMMIT.replace('8', '9')), Checkout.commit(folder));
  }
}
