package lethe.bench;

import java.util.List;
import java.util.Optional;

/** Every benchmark there is: one line each. */
public final class Catalogue {
  static final List<Benchmark> ALL =
      List.of(
          new PlanBenchmark(),
          new JournalBenchmark(),
          new MillionBenchmark(),
          new LeaseBenchmark(),
          new StoreBenchmark(),
          new CheckpointBenchmark(),
          new StartUpBenchmark());

  private Catalogue() {}

  static Optional<Benchmark> of(String name) {
    return ALL.stream().filter(b -> b.name().equals(name)).findFirst();
  }
}
