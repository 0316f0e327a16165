package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogFileTest {
  // not written to the terminal: only the file takes what this logger says in detail
  private static final Logger LOG = LoggerFactory.getLogger("lethe.cli.Mishap");
  private static final int KILOBYTE = 1000;

  @TempDir private Path folder = Path.of("replaced");

  @AfterEach
  void close() {
    LogFile.close();
  }

  private static List<String> logs(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void a_log_that_grows_is_rolled_and_three_old_ones_stay() throws IOException {
    Path home = Files.createDirectory(folder.resolve("my runs (1)"));
    LogFile.open(home, 20 * KILOBYTE);
    String line = "x".repeat(KILOBYTE);
    for (int i = 0; i < 20_000 && !Files.exists(home.resolve("lethe.log.3")); i++) {
      LOG.debug("{} {}", i, line);
    }
    for (int i = 0; i < 5000; i++) { // and once more at least
      LOG.debug("later {} {}", i, line);
    }
    assertEquals(List.of("lethe.log", "lethe.log.1", "lethe.log.2", "lethe.log.3"), logs(home));
    assertTrue(LogFile.current().isPresent());
    assertTrue(Files.readString(home.resolve("lethe.log.1")).contains("later"));
  }

  @Test
  void a_folder_with_a_percent_sign_has_a_log_too() throws IOException {
    Path home = Files.createDirectory(folder.resolve("100% mine"));
    LogFile.open(home);
    LOG.debug("said");
    assertTrue(Files.readString(home.resolve(LogFile.NAME)).contains("said"));
  }

  @Test
  void opening_again_appends() throws IOException {
    LogFile.open(folder);
    LOG.debug("first");
    LogFile.close();
    LogFile.open(folder);
    LOG.debug("second");
    LogFile.close();
    String log = Files.readString(folder.resolve(LogFile.NAME));
    assertTrue(log.contains("first") && log.contains("second"), log);
    assertEquals(List.of("lethe.log"), logs(folder));
  }
}
