package lethe.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects what the repetitions of a benchmark come to. Used by one thread. */
public final class Figures {
  private static final double NANOS = 1e9;
  private static final double MEGA = 1e6;

  private final Map<String, Series> series = new LinkedHashMap<>();

  /** A figure without a goal. */
  public void add(String name, String unit, double value) {
    add(name, unit, value, Optional.empty());
  }

  /** A figure that should come to something. */
  public void add(String name, String unit, double value, Goal goal) {
    add(name, unit, value, Optional.of(goal));
  }

  private void add(String name, String unit, double value, Optional<Goal> goal) {
    Series before = series.get(name);
    List<Double> values = new ArrayList<>(before == null ? List.of() : before.values());
    values.add(value);
    series.put(name, new Series(name, unit, goal, values));
  }

  /** What may be measured: it may fail. */
  @FunctionalInterface
  public interface Work {
    void run() throws Exception;
  }

  /** Seconds that {@code work} takes. */
  public static double seconds(Work work) throws Exception {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / NANOS;
  }

  /** Memory in use after a collection, in megabytes: what is held now. */
  public static double heldMegabytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / MEGA;
  }

  /** Every figure so far, in the order of their first values. */
  List<Series> all() {
    return List.copyOf(series.values());
  }
}
