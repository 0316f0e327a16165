package lethe.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
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
 *   <li>engine stages one at a time, those that lost the device before after the others;
 *   <li>CPU stages as many as the pool has threads; a timed one ({@code clusters} fills the pool by
 *       itself, {@code parts} is over at once) counts as all of them;
 *   <li>when timing is quiet, a timed stage starts only when nothing runs, and nothing starts
 *       beside it. Untimed CPU stages go before it: they are short and finite, so neither side
 *       starves.
 * </ul>
 */
final class Dispatch {
  private static final int[] NOBODY = {};

  private final StageKey[] keys;
  private final StageKind[] kinds;
  private final Map<StageKey, Integer> places = new HashMap<>();
  private final int[][] users; // arrays, for a plan may have 10⁶ stages
  private final int[] waiting; // inputs that do not stand yet
  private final BitSet finished = new BitSet();
  private final BitSet skipped = new BitSet(); // failed, or for the sake of one that failed
  private final Set<Integer> running = new HashSet<>();
  private final Set<Integer> timedRunning = new HashSet<>();
  private final BitSet resting = new BitSet(); // to be tried again later
  private final BitSet overlapped = new BitSet(); // timed, with something beside it
  private final BitSet late = new BitSet(); // after all that can do without
  private final PriorityQueue<Integer> engineQueue = new PriorityQueue<>(this::inOrder);
  private final PriorityQueue<Integer> cpuQueue = new PriorityQueue<>();
  private final int cpuThreads;
  private final boolean quiet;
  private int enginesBusy;
  private int threadsBusy;

  /**
   * @param stages the plan's stages, inputs before users
   * @param stands whether a stage's artifact stands already
   * @param last whether an engine stage comes after all others that are ready
   */
  Dispatch(
      Map<StageKey, Stage> stages,
      Predicate<StageKey> stands,
      Predicate<StageKey> last,
      int cpuThreads,
      boolean quiet) {
    this.cpuThreads = cpuThreads;
    this.quiet = quiet;
    this.keys = stages.keySet().toArray(StageKey[]::new);
    this.kinds = stages.values().stream().map(Stage::kind).toArray(StageKind[]::new);
    this.waiting = new int[keys.length];
    for (int place = 0; place < keys.length; place++) {
      places.put(keys[place], place);
      finished.set(place, stands.test(keys[place]));
      late.set(place, last.test(keys[place]));
    }
    this.users = users(stages.values());
    for (int place = 0; place < waiting.length; place++) {
      enqueueIfReady(place);
    }
  }

  /** The users of each stage, ascending; counts what they wait for. */
  private int[][] users(Collection<Stage> stages) {
    int[] inputs =
        stages.stream().flatMap(s -> s.inputs().values().stream()).mapToInt(this::place).toArray();
    int[] counts = new int[keys.length];
    for (int input : inputs) {
      counts[input]++;
    }
    int[][] all = new int[keys.length][];
    Arrays.setAll(all, place -> counts[place] == 0 ? NOBODY : new int[counts[place]]);
    Arrays.fill(counts, 0);
    int place = 0;
    int next = 0;
    for (Stage stage : stages) {
      for (int end = next + stage.inputs().size(); next < end; next++) {
        int from = inputs[next];
        all[from][counts[from]++] = place;
        waiting[place] += finished.get(from) ? 0 : 1;
      }
      place++;
    }
    return all;
  }

  private int inOrder(int one, int other) {
    int byLateness = Boolean.compare(late.get(one), late.get(other));
    return byLateness != 0 ? byLateness : Integer.compare(one, other);
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
    return kinds[place].engine() || (quiet && kinds[place].timed());
  }

  /** Takes the next stage that may start now, and counts it as running. */
  Optional<StageKey> start() {
    Integer next = startable();
    if (next == null) {
      return Optional.empty();
    }
    (heavy(next) ? engineQueue : cpuQueue).remove();
    if (!running.isEmpty()) {
      timedRunning.forEach(overlapped::set);
      overlapped.set(next);
    }
    count(next, 1);
    running.add(next);
    if (kinds[next].timed()) {
      timedRunning.add(next);
    }
    return Optional.of(keys[next]);
  }

  private @Nullable Integer startable() {
    if (quiet && !timedRunning.isEmpty()) {
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
    if (late.get(heavy) && !isIdle()) {
      return null; // what runs or rests may make others ready
    }
    if (quiet && kinds[heavy].timed()) {
      return running.isEmpty() && cpu == null ? heavy : null;
    }
    return enginesBusy == 0 ? heavy : null;
  }

  private int threads(int place) {
    StageKind kind = kinds[place];
    return kind.engine() ? 0 : kind.timed() ? cpuThreads : 1;
  }

  private void count(int place, int by) {
    enginesBusy += kinds[place].engine() ? by : 0;
    threadsBusy += by * threads(place);
  }

  private void end(int place) {
    if (running.remove(place)) {
      timedRunning.remove(place);
      count(place, -1);
    }
  }

  boolean isRunning(StageKey key) {
    Integer place = places.get(key);
    return place != null && running.contains(place);
  }

  /** Whether another stage ran at some time while {@code key}, which is timed, did. */
  boolean wasOverlapped(StageKey key) {
    return kinds[place(key)].timed() && overlapped.get(place(key));
  }

  /** Its artifact stands. */
  void finish(StageKey key) {
    int place = place(key);
    end(place);
    finished.set(place);
    for (int user : users[place]) {
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
    return !finished.get(place) && !skipped.get(place) && !running.contains(place);
  }

  /**
   * Leaves out {@code keys}.
   *
   * @return those that were open and the unfinished stages that need them
   */
  List<StageKey> leaveOut(Collection<StageKey> keys) {
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
    PriorityQueue<Integer> next = new PriorityQueue<>();
    IntStream.of(users[place]).forEach(next::add);
    while (!next.isEmpty()) {
      int user = next.remove();
      if (!finished.get(user) && !skipped.get(user)) {
        skipped.set(user);
        lost.add(keys[user]);
        IntStream.of(users[user]).forEach(next::add);
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
    return finished.cardinality() + skipped.cardinality() == keys.length;
  }
}
