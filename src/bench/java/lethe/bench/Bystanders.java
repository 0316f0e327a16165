package lethe.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What other processes take of the processors meanwhile: figures of a busy machine are too large.
 */
final class Bystanders {
  private static final double TICKS = 100; // a second, on every Linux
  private static final int IDLE = 4; // columns of /proc/stat: what is not work
  private static final int WAITING = 5;
  private static final int STOLEN = 8; // later columns are parts of earlier ones

  private final Optional<Double> others;
  private final long begin = System.nanoTime();

  private Bystanders(Optional<Double> others) {
    this.others = others;
  }

  static Bystanders now() {
    return new Bystanders(others());
  }

  /** Seconds of all processors that others have taken since the machine started. */
  private static Optional<Double> others() {
    try (var lines = Files.lines(Path.of("/proc/stat"))) {
      String[] columns = lines.findFirst().orElse("").split("\\s+", -1);
      double busy = 0;
      for (int i = 1; i <= STOLEN; i++) {
        busy += i == IDLE || i == WAITING ? 0 : Long.parseLong(columns[i]) / TICKS;
      }
      Duration own = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
      return Optional.of(busy - own.toMillis() / 1e3);
    } catch (IOException | RuntimeException e) { // not Linux
      return Optional.empty();
    }
  }

  /** The share of the processors that they took since then, in percent. */
  Optional<Double> percent() {
    double seconds = (System.nanoTime() - begin) / 1e9;
    int cores = Runtime.getRuntime().availableProcessors();
    return others().flatMap(now -> others.map(then -> (now - then) / seconds / cores * 100));
  }
}
