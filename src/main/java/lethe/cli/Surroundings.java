package lethe.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import lethe.ledger.Progress;
import lethe.ledger.Provenance;
import lethe.net.DeviceClass;
import lethe.plan.Environment;
import lethe.plan.Machine;

/** The numeric environment of an experiment, found without loading the engine. */
final class Surroundings {
  /** The one precision there is. */
  private static final String PRECISION = "fp32";

  /** Threads of the engine, in a provenance. */
  static final String ENGINE = "engine";

  /** Most images in one pass of a training step, in a provenance. */
  static final String MICRO_BATCH = "micro-batch";

  private Surroundings() {}

  /**
   * The environment a run plans with now. Engine threads and micro-batch stay as the experiment
   * first had them: by its journal, else by its provenance, else as the machine says.
   */
  static Environment now(Experiment experiment, Holdings holdings, Progress progress)
      throws IOException {
    return with(holdings.digests(), experiment, progress);
  }

  /**
   * A sentence for each setting of the machine that is not taken because the experiment has started
   * with another value.
   */
  static List<String> kept(Machine machine, Environment environment) {
    List<String> sentences = new ArrayList<>();
    if (machine.engineThreads() > 0) { // auto is content with any number
      kept("engine-threads", machine.engineThreads(), environment.engineThreads())
          .ifPresent(sentences::add);
    }
    kept(MICRO_BATCH, machine.microBatch(), environment.microBatch()).ifPresent(sentences::add);
    return sentences;
  }

  private static Optional<String> kept(String setting, int asked, int first) {
    return asked == first
        ? Optional.empty()
        : Optional.of(
            "%s stays %d, with which this experiment started, and does not become %d: sums depend on it, so what is finished would have to be made again."
                .formatted(setting, first, asked));
  }

  private static Environment with(
      SortedMap<String, String> digests, Experiment experiment, Progress progress) {
    Machine machine = experiment.machine();
    Optional<Provenance> earlier = Provenance.read(experiment.folder());
    int threads =
        progress
            .environment()
            .map(Environment::engineThreads)
            .or(() -> earlier.map(p -> p.threads().get(ENGINE)))
            .orElseGet(() -> threads(machine));
    int microBatch =
        progress
            .environment()
            .map(Environment::microBatch)
            .or(() -> earlier.map(p -> p.threads().get(MICRO_BATCH)))
            .orElse(machine.microBatch());
    long memory = progress.environment().map(Environment::memory).orElse(machine.memory());
    return new Environment(
        DeviceClass.engine(),
        DeviceClass.detect(device(machine)),
        PRECISION,
        threads,
        microBatch,
        memory,
        progress.passes(),
        digests);
  }

  /**
   * The environment to look with: the one that stages last finished under, or of the last plan, so
   * that keys are found again on any machine and without the data; like {@link #now} where there is
   * none that has every dataset.
   */
  static Environment asPlanned(Experiment experiment, Holdings holdings, Progress progress)
      throws IOException {
    List<Environment> known = known(experiment, progress);
    if (!known.isEmpty()) {
      return known.get(0);
    }
    return with(holdings.digestsOrAbsent(), experiment, progress);
  }

  /**
   * The environments of a journal that have every dataset: the one that stages last finished under,
   * then that of the last plan where it is another.
   */
  private static List<Environment> known(Experiment experiment, Progress progress) {
    return Stream.of(progress.proven(), progress.planned().map(p -> p.environment()))
        .flatMap(Optional::stream)
        .filter(environment -> hasEveryDataset(environment, experiment))
        .map(environment -> environment.with(progress.passes()))
        .distinct()
        .toList();
  }

  /** The same and those of all earlier plans. */
  static List<Environment> everKnown(Experiment experiment, Progress progress) {
    return Stream.concat(known(experiment, progress).stream(), progress.environments().stream())
        .filter(environment -> hasEveryDataset(environment, experiment))
        .distinct()
        .toList();
  }

  private static boolean hasEveryDataset(Environment environment, Experiment experiment) {
    return experiment.grid().datasets().stream()
        .allMatch(d -> environment.dataDigests().containsKey(d.id()));
  }

  private static int threads(Machine machine) {
    return machine.engineThreads() > 0
        ? machine.engineThreads()
        : Runtime.getRuntime().availableProcessors();
  }

  /** {@code cpu} or {@code cuda}. */
  static String device(Machine machine) {
    return switch (machine.device()) {
      case CPU -> "cpu";
      case CUDA -> "cuda";
      case AUTO ->
          System.getenv().getOrDefault("PYTORCH_FLAVOR", "cpu").startsWith("cu") ? "cuda" : "cpu";
    };
  }
}
