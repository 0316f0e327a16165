package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PauseTest {
  @TempDir private Path folder = Path.of("replaced");

  @Test
  void it_ends_when_every_folder_takes_something_again() throws Exception {
    Path gone = folder.resolve("gone");
    Pause pause = new Pause(List.of(folder, gone), Duration.ofMillis(5), 1);
    Thread mending =
        new Thread(
            () -> {
              try {
                TimeUnit.MILLISECONDS.sleep(100);
                Files.createDirectory(gone);
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    mending.start();
    assertTrue(pause.untilWritable(new CountDownLatch(1)));
    mending.join();
    assertTrue(Files.exists(gone));
    try (var left = Files.list(gone)) {
      assertFalse(left.findAny().isPresent(), "the probe is gone");
    }
  }

  @Test
  void a_signal_ends_it() throws Exception {
    CountDownLatch stop = new CountDownLatch(1);
    Pause pause = new Pause(List.of(folder.resolve("gone")), Duration.ofHours(1), 1);
    Thread stopping = new Thread(stop::countDown);
    stopping.start();
    assertFalse(pause.untilWritable(stop));
    stopping.join();
  }
}
