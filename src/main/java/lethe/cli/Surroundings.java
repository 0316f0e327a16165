package lethe.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import lethe.data.DataException;
import lethe.data.source.Sources;
import lethe.ledger.Progress;
import lethe.ledger.Provenance;
import lethe.net.DeviceClass;
import lethe.plan.Environment;
import lethe.plan.Machine;
import lethe.plan.Spec;

/** The numeric environment of an experiment, found without loading the engine. */
final class Surroundings {
  /** The one precision there is. */
  private static final String PRECISION = "fp32";

  /** Threads of the engine, in a provenance. */
  static final String ENGINE = "engine";

  /** Most images in one pass, in a provenance. */
  static final String MICRO_BATCH = "micro-batch";

  /** In place of the digest of data that are not there. */
  static final String ABSENT = "absent";

  private Surroundings() {}

  /**
   * The environment a run plans with now. Engine threads and micro-batch stay as the experiment
   * first had them: by its journal, else by its provenance, else as the machine says.
   */
  static Environment now(Experiment experiment, Progress progress) throws IOException {
    TreeMap<String, String> digests = new TreeMap<>();
    for (Spec dataset : experiment.grid().datasets()) {
      digests.put(dataset.id(), Sources.open(dataset, experiment.machine().dataDir()).digest());
    }
    return with(digests, experiment, progress);
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
    return new Environment(
        DeviceClass.engine(),
        DeviceClass.detect(device(machine)),
        PRECISION,
        threads,
        microBatch,
        digests);
  }

  /**
   * The environment to look with: the one of the last plan, so that keys are found again on any
   * machine and without the data; like {@link #now} where there is none or it misses a dataset.
   */
  static Environment asPlanned(Experiment experiment, Progress progress) throws IOException {
    Optional<Environment> planned = progress.planned().map(p -> p.environment());
    boolean whole =
        planned.isPresent()
            && experiment.grid().datasets().stream()
                .allMatch(d -> planned.get().dataDigests().containsKey(d.id()));
    if (whole) {
      return planned.get();
    }
    TreeMap<String, String> digests = new TreeMap<>();
    for (Spec dataset : experiment.grid().datasets()) {
      digests.put(dataset.id(), digestOr(ABSENT, dataset, experiment.machine()));
    }
    return with(digests, experiment, progress);
  }

  /** A plan can be looked at before the data are there; its keys are not those of a run then. */
  private static String digestOr(String other, Spec dataset, Machine machine) throws IOException {
    try {
      return Sources.open(dataset, machine.dataDir()).digest();
    } catch (DataException e) {
      return other;
    }
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
