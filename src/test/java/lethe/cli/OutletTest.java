package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutletTest {
  private static Optional<String> lossAfter(String reason) {
    Outlet outlet =
        new Outlet(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException(reason);
              }
            });
    new PrintStream(outlet, true, StandardCharsets.UTF_8).println("a table");
    return outlet.loss();
  }

  @Test
  void what_a_full_disk_did_not_take_is_remembered() {
    assertEquals(Optional.of("No space left on device"), lossAfter("No space left on device"));
  }

  @Test
  void a_reader_that_went_away_lost_nothing() {
    assertTrue(lossAfter("Broken pipe").isEmpty());
  }
}
