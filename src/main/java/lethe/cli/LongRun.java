package lethe.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import lethe.ledger.ArtifactStore;
import lethe.ledger.Fault;
import lethe.plan.Cell;
import lethe.plan.Environment;
import lethe.plan.Family;
import lethe.plan.Plan;
import lethe.plan.StageKey;
import lethe.run.Obstacle;
import lethe.run.RunOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session after another until the grid is done or nothing helps: where the disk takes nothing
 * it waits and goes on; where memory ended, and the user allows it, it goes on with smaller passes.
 *
 * @param part what of a plan is asked for
 */
record LongRun(
    Experiment experiment,
    ArtifactStore store,
    List<String> command,
    UnaryOperator<Plan> part,
    Fittings fittings) {
  private static final Logger LOG = LoggerFactory.getLogger(LongRun.class);

  /**
   * How it ended.
   *
   * @param plan the whole plan, as the last session had it
   */
  record End(RunOutcome outcome, Plan plan) {}

  End run(Environment environment, StopSignals signals) throws IOException, InterruptedException {
    Environment now = environment;
    Plan plan = plan(now);
    RunOutcome outcome = session(part.apply(plan), now, signals);
    while (outcome.obstacle().isEmpty() && !signals.received()) {
      SortedMap<String, Integer> passes = smaller(now, outcome);
      if (passes.equals(now.passes())) {
        break;
      }
      now = now.with(passes);
      plan = plan(now);
      RunOutcome before = outcome.without(failure -> isMet(failure, passes));
      Plan rest = without(part.apply(plan), before.failures());
      outcome = before.followedBy(session(rest, now, signals), part.apply(plan).stages().size());
    }
    return new End(outcome, plan);
  }

  private Plan plan(Environment environment) {
    return Plan.of(experiment.grid(), environment, experiment.repertoire());
  }

  private RunOutcome session(Plan plan, Environment environment, StopSignals signals)
      throws IOException, InterruptedException {
    Pause pause = new Pause(List.of(store.root(), experiment.folder()), Pause.USUAL);
    while (true) {
      RunOutcome outcome =
          new Session(experiment, plan, environment, store, command, fittings).run(signals);
      Optional<Obstacle> obstacle = outcome.obstacle().filter(Obstacle::mayPass);
      if (obstacle.isEmpty() || !experiment.machine().pauses() || signals.received()) {
        return outcome;
      }
      LOG.info("PAUSE  {} The run goes on by itself when that passes.", obstacle.get().sentence());
      CountDownLatch stop = new CountDownLatch(1);
      signals.onFirst(stop::countDown);
      if (!pause.untilWritable(stop)) {
        return outcome;
      }
      LOG.info("GO ON  The disk takes something again.");
    }
  }

  /** The passes to try next: those of now, and smaller ones for families that lacked memory. */
  private SortedMap<String, Integer> smaller(Environment now, RunOutcome outcome) {
    SortedMap<String, Integer> passes = new TreeMap<>(now.passes());
    if (experiment.machine().retreats()) {
      for (RunOutcome.Failure failure : outcome.failures()) {
        int images = experiment.repertoire().memory().smallerPasses(failure.stage());
        if (failure.fault() == Fault.MEMORY && images > 0) {
          String family = Family.of(failure.stage()).label();
          passes.put(family, images);
          LOG.info(
              "SMALLER {}: passes of at most {} images from now on, which is another result and flagged smaller-passes",
              family,
              images);
        }
      }
    }
    return passes;
  }

  private static boolean isMet(RunOutcome.Failure failure, SortedMap<String, Integer> passes) {
    return failure.fault() == Fault.MEMORY
        && passes.containsKey(Family.of(failure.stage()).label());
  }

  /** What does not need a stage that failed for other reasons. */
  private static Plan without(Plan plan, List<RunOutcome.Failure> failures) {
    Set<StageKey> failed = new HashSet<>();
    failures.forEach(failure -> failed.add(failure.key()));
    List<Cell> cells = new ArrayList<>();
    for (Cell cell : plan.cells()) {
      if (plan.stagesOf(cell).stream().noneMatch(failed::contains)) {
        cells.add(cell);
      }
    }
    return failed.isEmpty() ? plan : plan.only(cells);
  }
}
