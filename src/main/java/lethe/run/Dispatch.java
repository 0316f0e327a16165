package lethe.run;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import lethe.plan.Stage;
import lethe.plan.StageKey;
import lethe.plan.StageKind;
import org.jspecify.annotations.Nullable;

/**
 * Which stages may start now. Derived from plan and progress, never stored.
 *
 * <p>Stages become ready when their inputs stand, and start in the order of the plan:
 *
 * <ul>
 *   <li>engine stages one at a time;
 *   <li>CPU stages as many as the pool has threads; a timed one ({@code clusters} fills the pool by
 *       itself, {@code parts} is over at once) counts as all of them;
 *   <li>when timing is quiet, a timed stage starts only when nothing runs, and nothing starts
 *       beside it. Untimed CPU stages go before it: they are short and finite, so neither side
 *       starves.
 * </ul>
 */
final class Dispatch {
  private final List<StageKey> keys = new ArrayList<>();
  private final List<StageKind> kinds = new ArrayList<>();
  private final Map<StageKey, Integer> places = new HashMap<>();
  private final List<List<Integer>> users = new ArrayList<>();
  private final int[] waiting; // inputs that do not stand yet
  private final BitSet finished = new BitSet();
  private final BitSet skipped = new BitSet(); // failed, or for the sake of one that failed
  private final BitSet running = new BitSet();
  private final BitSet resting = new BitSet(); // to be tried again later
  private final BitSet overlapped = new BitSet();
  private final PriorityQueue<Integer> engineQueue = new PriorityQueue<>();
  private final PriorityQueue<Integer> cpuQueue = new PriorityQueue<>();
  private final int cpuThreads;
  private final boolean quiet;
  private int enginesBusy;
  private int threadsBusy;
  private int timedRunning;

  /**
   * @param stages the plan's stages, inputs before users
   * @param stands whether a stage's artifact stands already
   */
  Dispatch(Map<StageKey, Stage> stages, Predicate<StageKey> stands, int cpuThreads, boolean quiet) {
    this.cpuThreads = cpuThreads;
    this.quiet = quiet;
    this.waiting = new int[stages.size()];
    stages.forEach(
        (key, stage) -> {
          int place = keys.size();
          keys.add(key);
          kinds.add(stage.kind());
          places.put(key, place);
          users.add(new ArrayList<>());
          finished.set(place, stands.test(key));
          for (StageKey input : stage.inputs().values()) {
            int from = place(input);
            users.get(from).add(place);
            waiting[place] += finished.get(from) ? 0 : 1;
          }
        });
    for (int place = 0; place < waiting.length; place++) {
      enqueueIfReady(place);
    }
  }

  private int place(StageKey key) {
    Integer place = places.get(key);
    if (place == null) {
      throw new IllegalArgumentException("The plan has no stage " + key);
    }
    return place;
  }

  private void enqueueIfReady(int place) {
    if (waiting[place] == 0 && !finished.get(place) && !skipped.get(place)) {
      (heavy(place) ? engineQueue : cpuQueue).add(place);
    }
  }

  /**
   * Whether it queues with the engine stages: in quiet timing a timed CPU stage takes turns too.
   */
  private boolean heavy(int place) {
    return kinds.get(place).engine() || (quiet && kinds.get(place).timed());
  }

  /** Takes the next stage that may start now, and counts it as running. */
  Optional<StageKey> start() {
    Integer next = startable();
    if (next == null) {
      return Optional.empty();
    }
    (heavy(next) ? engineQueue : cpuQueue).remove();
    if (!running.isEmpty()) {
      overlapped.or(running);
      overlapped.set(next);
    }
    count(next, 1);
    running.set(next);
    return Optional.of(keys.get(next));
  }

  private @Nullable Integer startable() {
    if (quiet && timedRunning > 0) {
      return null;
    }
    Integer cpu = cpuQueue.peek();
    if (cpu != null && threadsBusy + threads(cpu) <= cpuThreads) {
      return cpu;
    }
    Integer heavy = engineQueue.peek();
    if (heavy == null) {
      return null;
    }
    if (quiet && kinds.get(heavy).timed()) {
      return running.isEmpty() && cpu == null ? heavy : null;
    }
    return enginesBusy == 0 ? heavy : null;
  }

  private int threads(int place) {
    StageKind kind = kinds.get(place);
    return kind.engine() ? 0 : kind.timed() ? cpuThreads : 1;
  }

  private void count(int place, int by) {
    enginesBusy += kinds.get(place).engine() ? by : 0;
    threadsBusy += by * threads(place);
    timedRunning += kinds.get(place).timed() ? by : 0;
  }

  private void end(int place) {
    if (running.get(place)) {
      running.clear(place);
      count(place, -1);
    }
  }

  boolean isRunning(StageKey key) {
    Integer place = places.get(key);
    return place != null && running.get(place);
  }

  /** Whether another stage ran at some time while {@code key}, which is timed, did. */
  boolean wasOverlapped(StageKey key) {
    return kinds.get(place(key)).timed() && overlapped.get(place(key));
  }

  /** Its artifact stands. */
  void finish(StageKey key) {
    int place = place(key);
    end(place);
    finished.set(place);
    for (int user : users.get(place)) {
      waiting[user]--;
      enqueueIfReady(user);
    }
  }

  /** It is to be tried again, but not now; {@link #wake} says when. */
  void rest(StageKey key) {
    int place = place(key);
    end(place);
    resting.set(place);
  }

  /** It may be tried again; nothing where it was not resting. */
  void wake(StageKey key) {
    int place = place(key);
    if (resting.get(place)) {
      resting.clear(place);
      enqueueIfReady(place);
    }
  }

  /** Nothing is tried again any more. */
  void wakeNone() {
    resting.clear();
  }

  boolean isResting(StageKey key) {
    return resting.get(place(key));
  }

  /** Whether it neither ended nor runs. */
  boolean isOpen(StageKey key) {
    int place = place(key);
    return !finished.get(place) && !skipped.get(place) && !running.get(place);
  }

  /**
   * Leaves out {@code keys}.
   *
   * @return those that were open and the unfinished stages that need them
   */
  List<StageKey> leaveOut(List<StageKey> keys) {
    List<StageKey> lost = new ArrayList<>();
    for (StageKey key : keys) {
      int place = place(key);
      if (isOpen(key)) {
        engineQueue.remove(place);
        cpuQueue.remove(place);
        resting.clear(place);
        lost.add(key);
        lost.addAll(fail(key));
      }
    }
    return lost;
  }

  /**
   * It failed.
   *
   * @return the unfinished stages that need it, directly or not, in the order of the plan
   */
  List<StageKey> fail(StageKey key) {
    int place = place(key);
    end(place);
    skipped.set(place);
    List<StageKey> lost = new ArrayList<>();
    PriorityQueue<Integer> next = new PriorityQueue<>(users.get(place));
    while (!next.isEmpty()) {
      int user = next.remove();
      if (!finished.get(user) && !skipped.get(user)) {
        skipped.set(user);
        lost.add(keys.get(user));
        next.addAll(users.get(user));
      }
    }
    return lost;
  }

  /** It gave up because it was asked to, and stays undone. */
  void abandon(StageKey key) {
    end(place(key));
  }

  /** Whether nothing runs or waits to be tried again. */
  boolean isIdle() {
    return running.isEmpty() && resting.isEmpty();
  }

  /** Whether every stage is finished, failed or skipped. */
  boolean isOver() {
    return finished.cardinality() + skipped.cardinality() == keys.size();
  }
}
