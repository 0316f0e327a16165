package lethe.ledger;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lethe.plan.Environment;
import lethe.plan.StageKey;
import lethe.plan.StageKind;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * What an experiment has come to: the fold of its events. Immutable; equal events in equal order
 * give equal progress, whether they were replayed or lived through.
 *
 * @param planned the last plan; empty before the first
 * @param environment the numeric environment of the first plan, which later starts keep
 * @param proven the numeric environment under which an engine stage last finished; a plan for a
 *     device that then could not be opened leaves none
 * @param environments those of all plans, each once, in the order they came
 * @param finished stages whose artifact stands, by key
 * @param failed stages whose last attempt failed, by key
 * @param lost stages whose artifact went missing and is not back yet, by key
 */
public record Progress(
    Optional<Event.GridPlanned> planned,
    Optional<Environment> environment,
    Optional<Environment> proven,
    PVector<Environment> environments,
    PMap<String, Finished> finished,
    PMap<String, Failed> failed,
    PMap<String, Lost> lost) {

  private static final Set<String> ENGINE_STAGES =
      Arrays.stream(StageKind.values())
          .filter(StageKind::engine)
          .map(StageKind::id)
          .collect(Collectors.toUnmodifiableSet());

  /** Before the first event. */
  public static final Progress NONE =
      new Progress(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          TreePVector.empty(),
          HashTreePMap.empty(),
          HashTreePMap.empty(),
          HashTreePMap.empty());

  /** A stage that left its artifact; the parts are those of {@link Event.StageFinished}. */
  public record Finished(
      String stage,
      String digest,
      Map<String, Double> seconds,
      List<String> flags,
      boolean adopted,
      long at) {
    public Finished {
      seconds = Map.copyOf(seconds);
      flags = List.copyOf(flags);
    }
  }

  /** A stage whose last attempt failed. */
  public record Failed(String stage, String reason, Fault fault, long at) {}

  /**
   * A stage whose artifact is gone.
   *
   * @param digest what the artifact was, to compare with the one that replaces it; empty when
   *     unknown
   */
  public record Lost(String reason, Optional<String> digest, long at) {}

  /** The fold of {@code events}, from the beginning. */
  public static Progress of(Iterable<Event> events) {
    Progress progress = NONE;
    for (Event event : events) {
      progress = progress.apply(event);
    }
    return progress;
  }

  /** This progress and one event more. */
  public Progress apply(Event event) {
    if (event instanceof Event.GridPlanned e) {
      Optional<Environment> first =
          environment.isPresent() ? environment : Optional.of(e.environment());
      PVector<Environment> all =
          environments.contains(e.environment())
              ? environments
              : environments.plus(e.environment());
      return new Progress(Optional.of(e), first, proven, all, finished, failed, lost);
    }
    if (event instanceof Event.StageFinished e) {
      Finished entry =
          new Finished(e.stage(), e.digest(), e.seconds(), e.flags(), e.adopted(), e.at());
      return new Progress(
          planned,
          environment,
          ENGINE_STAGES.contains(e.stage())
              ? planned.map(Event.GridPlanned::environment).or(() -> proven)
              : proven,
          environments,
          finished.plus(e.key(), entry),
          failed.minus(e.key()),
          lost.minus(e.key()));
    }
    if (event instanceof Event.StageFailed e) {
      Failed entry = new Failed(e.stage(), e.reason(), e.fault(), e.at());
      return new Progress(
          planned, environment, proven, environments, finished, failed.plus(e.key(), entry), lost);
    }
    if (event instanceof Event.ArtifactLost e) {
      Optional<String> digest = Optional.ofNullable(finished.get(e.key())).map(Finished::digest);
      Lost entry = new Lost(e.reason(), digest, e.at());
      return new Progress(
          planned,
          environment,
          proven,
          environments,
          finished.minus(e.key()),
          failed,
          lost.plus(e.key(), entry));
    }
    if (event instanceof Event.FamilyStopped) {
      return this; // of that run alone: the next tries again
    }
    throw new IllegalStateException("No rule for the event " + event);
  }

  /** The smaller passes of families that ran out of memory, by label, as last planned. */
  public SortedMap<String, Integer> passes() {
    return planned.map(p -> p.environment().passes()).orElseGet(TreeMap::new);
  }

  public boolean isFinished(StageKey key) {
    return finished.containsKey(key.hex());
  }

  public Optional<Finished> finishedStage(StageKey key) {
    return Optional.ofNullable(finished.get(key.hex()));
  }

  public Optional<Failed> failedStage(StageKey key) {
    return Optional.ofNullable(failed.get(key.hex()));
  }

  public Optional<Lost> lostStage(StageKey key) {
    return Optional.ofNullable(lost.get(key.hex()));
  }
}
