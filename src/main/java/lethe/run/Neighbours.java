package lethe.run;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * Sees other processes take processor time from this one: the busy ticks of the processors it may
 * run on, less its own processor time. Time that the host of a virtual machine steals counts too.
 * Linux only; knows nothing elsewhere.
 */
final class Neighbours {
  private static final Path PROC = Path.of("/proc");
  private static final double TICKS = 100; // a second, on every Linux that the engine runs on
  private static final int IDLE = 4; // column of a line of /proc/stat
  private static final int WAITING = 5; // for a disk: idle too
  private static final int STOLEN = 8; // later columns are in earlier ones

  private final Path proc;
  private final LongSupplier ownNanos;
  private final OptionalDouble before;

  private Neighbours(Path proc, LongSupplier ownNanos) {
    this.proc = proc;
    this.ownNanos = ownNanos;
    this.before = taken();
  }

  /** Watches from now on. */
  static Neighbours watch() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? watch(PROC, system::getProcessCpuTime)
        : watch(PROC, () -> -1);
  }

  /**
   * @param proc where the kernel tells of processors
   * @param ownNanos processor time of this process so far; negative where unknown
   */
  static Neighbours watch(Path proc, LongSupplier ownNanos) {
    return new Neighbours(proc, ownNanos);
  }

  /** Seconds that others took since then, on average over the processors; empty where unknown. */
  OptionalDouble seconds() {
    OptionalDouble now = taken();
    return before.isPresent() && now.isPresent()
        ? OptionalDouble.of(Math.max(0, now.getAsDouble() - before.getAsDouble()))
        : OptionalDouble.empty();
  }

  private OptionalDouble taken() {
    long own = ownNanos.getAsLong();
    try {
      BitSet allowed = allowed(Files.readAllLines(proc.resolve("self/status")));
      if (own < 0 || allowed.isEmpty()) {
        return OptionalDouble.empty();
      }
      double busy = 0;
      for (String line : Files.readAllLines(proc.resolve("stat"))) {
        String[] columns = line.split(" +");
        if (columns[0].matches("cpu[0-9]+")
            && allowed.get(Integer.parseInt(columns[0].substring("cpu".length())))) {
          busy += busyTicks(columns) / TICKS;
        }
      }
      return OptionalDouble.of((busy - own * 1e-9) / allowed.cardinality());
    } catch (IOException | NumberFormatException e) {
      return OptionalDouble.empty(); // no Linux, or one that writes otherwise: nothing is known
    }
  }

  private static long busyTicks(String[] columns) {
    long ticks = 0;
    for (int i = 1; i <= Math.min(STOLEN, columns.length - 1); i++) {
      ticks += i == IDLE || i == WAITING ? 0 : Long.parseLong(columns[i]);
    }
    return ticks;
  }

  /** {@code Cpus_allowed_list: 0-1,4} names processors 0, 1 and 4. */
  private static BitSet allowed(List<String> status) {
    BitSet processors = new BitSet();
    List<String> ranges = new ArrayList<>();
    status.stream()
        .filter(line -> line.startsWith("Cpus_allowed_list:"))
        .forEach(line -> ranges.addAll(List.of(line.split(":\\s*")[1].split(","))));
    for (String range : ranges) {
      String[] ends = range.trim().split("-");
      processors.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
    }
    return processors;
  }
}
