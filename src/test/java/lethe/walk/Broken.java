package lethe.walk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import lethe.net.Signals;
import lethe.plan.Plan;
import lethe.plan.Stage;
import lethe.plan.StageKey;
import lethe.run.Workshop;

/**
 * The real workshop but for some stages, and a list of the stages that were begun.
 *
 * @param fault what a stage throws; empty where the real workshop does it
 */
record Broken(
    Plan plan, Workshop real, Function<Stage, Optional<Exception>> fault, List<String> begun)
    implements Workshop {
  /** libtorch's own words. */
  static final String FULL =
      "[enforce fail at alloc_cpu.cpp:119] err == 0. DefaultCPUAllocator: can't allocate memory:"
          + " you tried to allocate 400000000000 bytes. Error code 12 (Cannot allocate memory)";

  static String name(Stage stage) {
    return stage.kind().id() + " " + stage.subject().label();
  }

  /** Stages that were begun, by name, in their order. */
  static List<String> none() {
    return new ArrayList<>();
  }

  @Override
  public void openEngine() {
    real.openEngine();
  }

  @Override
  public Done perform(StageKey key, Signals signals) throws Exception {
    Stage stage = plan.stage(key);
    synchronized (begun) {
      begun.add(name(stage));
    }
    Optional<Exception> thrown = fault.apply(stage);
    if (thrown.isPresent()) {
      throw thrown.get();
    }
    return real.perform(key, signals);
  }

  @Override
  public void relieve() {
    real.relieve();
  }

  @Override
  public void close() {
    real.close();
  }
}
