package lethe.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import lethe.ledger.ArtifactStore;
import lethe.ledger.Fault;
import lethe.plan.Environment;
import lethe.plan.Family;
import lethe.plan.Plan;
import lethe.plan.StageKey;
import lethe.run.RunOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session after another until the grid is done or nothing helps: where the disk takes nothing
 * it waits and goes on; where memory ended, and the user allows it, it goes on with smaller passes.
 * What failed otherwise is left out of the sessions that follow.
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

  End run(Environment environment, StopSignals signals) throws InterruptedException {
    Environment now = environment;
    Plan plan = plan(now);
    Patience patience =
        new Patience(fittings.pause().apply(List.of(store.root(), experiment.folder())), signals);
    RunOutcome last = session(part.apply(plan), Set.of(), now, signals);
    RunOutcome outcome = last;
    while (!signals.received()) {
      RunOutcome before = outcome;
      if (last.obstacle().isPresent()) {
        if (!experiment.machine().pauses() || !patience.outlasts(last)) {
          break;
        }
      } else {
        SortedMap<String, Integer> passes = smaller(now, outcome);
        if (passes.equals(now.passes())) {
          break;
        }
        Set<String> changed = changed(now.passes(), passes);
        now = now.with(passes);
        plan = plan(now);
        before = outcome.forgetting(changed, plan);
      }
      Plan asked = part.apply(plan);
      last = session(asked, givenUp(asked, before), now, signals);
      outcome = before.followedBy(last);
    }
    return new End(outcome, plan);
  }

  private Plan plan(Environment environment) {
    return Plan.of(experiment.grid(), environment, experiment.repertoire());
  }

  private RunOutcome session(
      Plan plan, Set<StageKey> leftOut, Environment environment, StopSignals signals) {
    return new Session(experiment, plan, leftOut, environment, store, command, fittings)
        .run(signals);
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

  private static Set<String> changed(
      SortedMap<String, Integer> before, SortedMap<String, Integer> after) {
    SortedMap<String, Integer> changed = new TreeMap<>(after);
    changed.entrySet().removeAll(before.entrySet());
    return changed.keySet();
  }

  /** The stages that failed, and those that were left out for their like. */
  private static Set<StageKey> givenUp(Plan plan, RunOutcome before) {
    Set<StageKey> failed = new HashSet<>();
    before.failures().forEach(failure -> failed.add(failure.key()));
    Set<String> families = new HashSet<>();
    before.families().forEach(family -> families.add(family.family()));
    if (!families.isEmpty()) {
      plan.stages().values().stream()
          .filter(stage -> families.contains(Family.of(stage).label()))
          .forEach(stage -> failed.add(stage.key()));
    }
    failed.retainAll(plan.stages().keySet());
    return failed;
  }
}
