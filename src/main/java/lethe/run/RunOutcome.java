package lethe.run;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lethe.ledger.Fault;
import lethe.plan.Family;
import lethe.plan.Plan;
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

  /** A run that met an obstacle before its first stage. */
  public static RunOutcome obstructed(int stages, Obstacle obstacle) {
    return new RunOutcome(stages, 0, 0, 0, List.of(), List.of(), false, Optional.of(obstacle));
  }

  /**
   * The same without what failed in some families, and without stages that are not planned any
   * more.
   *
   * @param labels of {@link lethe.plan.Family}
   */
  public RunOutcome forgetting(Set<String> labels, Plan plan) {
    return new RunOutcome(
        stages,
        finished,
        performed,
        skipped,
        failures.stream()
            .filter(f -> plan.stages().containsKey(f.key()))
            .filter(f -> !labels.contains(Family.of(f.stage()).label()))
            .toList(),
        families.stream().filter(f -> !labels.contains(f.family())).toList(),
        stopped,
        obstacle);
  }

  /** This run and then another of the same grid, that left out what failed in this one. */
  public RunOutcome followedBy(RunOutcome next) {
    return new RunOutcome(
        next.stages,
        next.finished,
        performed + next.performed,
        skipped + next.skipped,
        Stream.concat(failures.stream(), next.failures.stream()).toList(),
        Stream.concat(families.stream(), next.families.stream()).toList(),
        next.stopped,
        next.obstacle);
  }

  /** Whether every stage of the plan stands. */
  public boolean complete() {
    return finished == stages;
  }
}
