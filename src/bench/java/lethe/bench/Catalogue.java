package lethe.bench;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lethe.bench.engine.BlendBenchmark;
import lethe.bench.engine.EpochBenchmark;
import lethe.bench.engine.EvaluationBenchmark;
import lethe.bench.engine.LeakBenchmark;
import lethe.bench.engine.PartitionBenchmark;
import lethe.bench.engine.SamplingBenchmark;
import lethe.bench.engine.TrainingBenchmark;

/** Every benchmark there is: one line each. */
public final class Catalogue {
  static final List<Benchmark> ALL =
      Stream.concat(
              Stream.of(
                  new PlanBenchmark(),
                  new JournalBenchmark(),
                  new MillionBenchmark(),
                  new LeaseBenchmark(),
                  new StoreBenchmark(),
                  new CheckpointBenchmark(),
                  new StartUpBenchmark(),
                  new EpochBenchmark(),
                  new BlendBenchmark(),
                  new PartitionBenchmark(),
                  new SamplingBenchmark(),
                  new EvaluationBenchmark(),
                  new LeakBenchmark()),
              TrainingBenchmark.ALL.stream())
          .toList();

  private Catalogue() {}

  static Optional<Benchmark> of(String name) {
    return ALL.stream().filter(b -> b.name().equals(name)).findFirst();
  }
}
