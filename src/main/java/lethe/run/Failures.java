package lethe.run;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lethe.ledger.Fault;
import lethe.plan.Family;
import lethe.plan.Stage;
import lethe.plan.StageKey;

/**
 * What failed in this run: how often a stage was tried, and which families are given up. The next
 * run starts with none of it, for the user may have mended something.
 */
final class Failures {
  private static final int ALIKE = 3; // failures that give up a family

  private final List<Duration> backOff;
  private final Map<StageKey, Integer> attempts = new HashMap<>();
  private final Map<Alike, Integer> counts = new HashMap<>();
  private final Set<Family> given = new HashSet<>();

  /** Failures of a family for a reason, numbers in it apart. */
  private record Alike(Family family, String reason) {}

  /**
   * @param backOff what to wait before each further attempt of a stage that lacked memory
   */
  Failures(List<Duration> backOff) {
    this.backOff = List.copyOf(backOff);
  }

  /** The number of an attempt that failed, from 1. */
  int attempt(StageKey key) {
    return attempts.merge(key, 1, Integer::sum);
  }

  /** How long to wait before another attempt; empty where none can help. */
  Optional<Duration> again(StageKey key, Fault fault) {
    int done = attempts.getOrDefault(key, 0);
    return fault == Fault.MEMORY && done <= backOff.size()
        ? Optional.of(backOff.get(done - 1))
        : Optional.empty();
  }

  /** Whether an answer is a failure that another attempt may mend. */
  boolean mayHelpLater(StageReply reply) {
    return reply instanceof StageReply.Refused refused
        && refused.fault() == Fault.MEMORY
        && attempts.getOrDefault(refused.key(), 0) < backOff.size();
  }

  /**
   * Counts a stage that is given up.
   *
   * @return its family when that is to be given up too; once
   */
  Optional<Family> givenUp(Stage stage, String reason) {
    Family family = Family.of(stage);
    Alike alike = new Alike(family, reason.replaceAll("[0-9]+", "#"));
    boolean enough = counts.merge(alike, 1, Integer::sum) >= ALIKE;
    return enough && given.add(family) ? Optional.of(family) : Optional.empty();
  }
}
