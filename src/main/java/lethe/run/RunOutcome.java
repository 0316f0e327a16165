package lethe.run;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lethe.ledger.Fault;
import lethe.plan.Stage;
import lethe.plan.StageKey;

/**
 * How a run ended.
 *
 * @param stages stages of the plan
 * @param finished those whose artifact stands
 * @param performed those that this run did itself
 * @param skipped those left out because an input failed
 * @param failures those that failed, in the order they did
 * @param families what was left out because its like failed
 * @param stopped whether it ended because it was asked to, with work left
 * @param obstacle why it had to end early: journal, engine or disk; empty when nothing of the kind
 */
public record RunOutcome(
    int stages,
    int finished,
    int performed,
    int skipped,
    List<Failure> failures,
    List<LeftOut> families,
    boolean stopped,
    Optional<Obstacle> obstacle) {
  /** A stage that failed in this run. */
  public record Failure(StageKey key, Stage stage, Fault fault, String reason) {}

  /**
   * Stages that are alike, of which too many failed alike.
   *
   * @param stages left out for it, with what depends on them
   */
  public record LeftOut(String family, String reason, int stages) {}

  public RunOutcome {
    failures = List.copyOf(failures);
    families = List.copyOf(families);
  }

  /** The same without some of the failures. */
  public RunOutcome without(Predicate<Failure> some) {
    return new RunOutcome(
        stages,
        finished,
        performed,
        skipped,
        failures.stream().filter(some.negate()).toList(),
        families,
        stopped,
        obstacle);
  }

  /**
   * This run and then another.
   *
   * @param all stages of the plan that the two had parts of
   */
  public RunOutcome followedBy(RunOutcome next, int all) {
    return new RunOutcome(
        all,
        next.finished,
        performed + next.performed,
        next.skipped,
        Stream.concat(failures.stream(), next.failures.stream()).toList(),
        next.families,
        next.stopped,
        next.obstacle);
  }

  /** Whether every stage of the plan stands. */
  public boolean complete() {
    return finished == stages;
  }
}
