package lethe.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import lethe.ledger.ArtifactStore;
import lethe.ledger.Checkout;
import lethe.ledger.Provenance;
import lethe.plan.Environment;
import lethe.plan.Machine;
import lethe.plan.Plan;
import lethe.plan.StageKey;
import lethe.run.Job;
import lethe.run.Obstacle;
import lethe.run.Run;
import lethe.run.RunOutcome;
import lethe.run.RunSettings;
import lethe.run.Workshop;
import lethe.watch.Console;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run with the real engine, from its provenance's first line to its last.
 *
 * @param leftOut stages that are not tried
 */
record Session(
    Experiment experiment,
    Plan plan,
    Set<StageKey> leftOut,
    Environment environment,
    ArtifactStore store,
    List<String> command,
    Fittings fittings) {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final String CPU_POOL = "cpu-pool";
  private static final int FEEDING = 2; // cores
  private static final long NANOS = 1_000_000; // a millisecond

  RunOutcome run(StopSignals signals) {
    Machine machine = experiment.machine();
    int pool = pool(machine);
    Provenance provenance = provenance(pool);
    try {
      provenance.write(experiment.folder());
    } catch (IOException e) {
      return RunOutcome.obstructed(plan.stages().size(), takesNothing(experiment.folder(), e));
    }
    Workshop real = Workshops.open(machine, plan, environment, store, provenance.brief(), pool);
    Workshop workshop = fittings.workshop().apply(plan, real);
    Job job =
        new Job(plan, environment, experiment.grid().name(), experiment.folder(), store, leftOut);
    RunOutcome outcome;
    try (Console console = new Console(() -> System.nanoTime() / NANOS)) {
      Run run = new Run(job, workshop, settings(machine, fittings), console);
      signals.onFirst(run::requestStop);
      outcome = run.start();
    }
    try {
      provenance.end().write(experiment.folder());
    } catch (IOException e) {
      LOG.warn("The time of the run's end cannot be written: {}", Mishap.reason(e));
    }
    return outcome;
  }

  /** The disk refused before a run began. */
  static Obstacle takesNothing(Path folder, IOException e) {
    return Obstacle.passing(
        "The folder %s takes nothing (%s): make room or mend it, then go on with the same command."
            .formatted(folder, Mishap.reason(e)));
  }

  private Provenance provenance(int pool) {
    SortedMap<String, String> versions = new TreeMap<>();
    versions.put("engine", environment.engine());
    versions.put("akka", Version.akka());
    SortedMap<String, Integer> threads = new TreeMap<>();
    threads.put(Surroundings.ENGINE, environment.engineThreads());
    threads.put(Surroundings.MICRO_BATCH, environment.microBatch());
    threads.put(CPU_POOL, pool);
    return Provenance.start(
        Version.LETHE,
        Checkout.commit(Home.folder()),
        versions,
        environment.deviceClass(),
        threads,
        command);
  }

  /** How a run uses the machine. */
  static RunSettings settings(Machine machine, Fittings fittings) {
    String device = Surroundings.device(machine);
    return new RunSettings(
        pool(machine), quiet(machine, device), lease(device), fittings.backOff());
  }

  /** Threads for work that needs no engine. */
  static int pool(Machine machine) {
    return pool(machine, Surroundings.device(machine), Runtime.getRuntime().availableProcessors());
  }

  /**
   * Threads for work that needs no engine. A card is fed from two cores: the engine's thread and
   * its driver's; on the CPU that work waits while the engine computes, and takes every core else.
   */
  static int pool(Machine machine, String device, int cores) {
    if (machine.cpuThreads() > 0) {
      return machine.cpuThreads();
    }
    return device.equals("cuda") ? Math.max(1, cores - FEEDING) : cores;
  }

  private static boolean quiet(Machine machine, String device) {
    return switch (machine.quietTiming()) {
      case ON -> true;
      case OFF -> false;
      case AUTO -> device.equals("cpu");
    };
  }

  /** The name of what engine stages take turns on: the first card, for there is one engine. */
  private static String lease(String device) {
    return device.equals("cuda") ? "cuda-0" : device;
  }
}
