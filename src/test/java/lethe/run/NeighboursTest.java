package lethe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeighboursTest {
  @TempDir Path proc = Path.of("");

  private final AtomicLong own = new AtomicLong();

  @BeforeEach
  void at_the_start() throws IOException {
    Files.createDirectory(proc.resolve("self"));
    Files.writeString(proc.resolve("self/status"), "Name:\tjava\nCpus_allowed_list:\t0,2-3\n");
    stat("cpu0 100 0 0 1000", "cpu1 0 0 0 1000", "cpu2 0 0 0 1000", "cpu3 0 0 0 1000");
  }

  private void stat(String... processors) throws IOException {
    Files.writeString(
        proc.resolve("stat"), "cpu  1 2 3 4\n" + String.join("\n", processors) + "\nintr 7\n");
  }

  /**
   * Processors 0, 2 and 3 were busy for 2.5 + 1.5 + 2 = 6 seconds, of which 4.5 are this process's:
   * others took 1.5, half a second of each. Waiting (columns 4 and 5), processor 1 and the guests
   * that user time holds already (column 9) do not count; stolen time (column 8) does.
   */
  @Test
  void others_took_what_is_busy_and_not_ours_on_our_processors() throws IOException {
    Neighbours neighbours = Neighbours.watch(proc, own::get);
    own.set(4_500_000_000L);
    stat(
        "cpu0 200 50 60 2000 70 20 10 10 900 0",
        "cpu1 900 0 0 1000",
        "cpu2 150 0 0 1000",
        "cpu3 0 0 200 1000");
    assertEquals(0.5, neighbours.seconds().orElseThrow(), 1e-12);
  }

  @Test
  void nobody_gives_time() throws IOException {
    Neighbours neighbours = Neighbours.watch(proc, own::get);
    own.set(1_000_000_000L); // the kernel counts in ticks, and later than the process
    assertEquals(0, neighbours.seconds().orElseThrow());
  }

  @Test
  void where_the_kernel_tells_nothing_nothing_is_known() throws IOException {
    assertEquals(OptionalDouble.empty(), Neighbours.watch(proc, () -> -1).seconds());
    Files.delete(proc.resolve("stat"));
    assertEquals(OptionalDouble.empty(), Neighbours.watch(proc, own::get).seconds());
  }

  @Test
  void this_machine_is_read_where_it_can_be() {
    boolean linux = Files.isReadable(Path.of("/proc/stat"));
    OptionalDouble seconds = Neighbours.watch().seconds();
    assertEquals(linux, seconds.isPresent());
    assertTrue(seconds.orElse(0) < 60, "no test takes a minute");
  }
}
