package lethe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import lethe.data.Checkpoint;
import lethe.data.DataException;
import lethe.ledger.ArtifactStore;
import lethe.ledger.CheckpointFolder;
import lethe.ledger.StoreException;
import lethe.net.Signals;
import lethe.net.Stopwatch;
import lethe.plan.StageKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageCheckpointsTest {
  private static final double EXACTLY = 1e-6; // seconds
  private static final String PART = "training";

  private final Path root;
  private final CheckpointFolder folder;
  private long now; // in nanoseconds
  private boolean stop;
  private double saving; // seconds that a checkpoint takes
  private int saved;

  StageCheckpointsTest(@TempDir Path root) throws IOException {
    this.root = root;
    folder =
        ArtifactStore.open(root).checkpoints(new Sketch().stage(StageKind.ORIGINAL, "a").key("a"));
  }

  /** One attempt at the stage. */
  private final class Attempt {
    final StageSeconds seconds = new StageSeconds(() -> Stopwatch.start(() -> now));
    final StageCheckpoints checkpoints;

    Attempt(double every) {
      Signals signals =
          new Signals() {
            @Override
            public boolean stopRequested() {
              return stop;
            }

            @Override
            public void progress(long done, long total, double loss) {}
          };
      checkpoints = new StageCheckpoints(folder, every, seconds, signals);
    }

    /** Whether something is saved between two steps. */
    boolean saves(int step) {
      int before = saved;
      checkpoints.between(
          PART,
          () -> {
            saved++;
            pass(saving);
            return at(step);
          });
      return saved > before;
    }
  }

  private void pass(double seconds) {
    now += Math.round(seconds * 1e9);
  }

  private static Checkpoint at(int step) {
    return new Checkpoint(new TreeMap<>(), new TreeMap<>(Map.of("step", (double) step)));
  }

  private Optional<Integer> found(Attempt attempt) {
    return attempt.checkpoints.left(PART).map(c -> c.whole("step"));
  }

  @Test
  void it_saves_when_due_and_not_before() {
    Attempt attempt = new Attempt(60);
    assertFalse(attempt.saves(0));
    pass(59.9);
    assertFalse(attempt.saves(1));
    pass(0.1);
    assertTrue(attempt.saves(2));
    pass(59.9);
    assertFalse(attempt.saves(3));
    assertEquals(Optional.of(2), found(new Attempt(60)));
  }

  @Test
  void a_stop_saves_at_once() {
    Attempt attempt = new Attempt(86_400);
    assertFalse(attempt.saves(3));
    stop = true;
    assertTrue(attempt.saves(4));
    assertEquals(Optional.of(4), found(new Attempt(86_400)));
  }

  @Test
  void without_a_pause_every_step_is_saved() {
    Attempt attempt = new Attempt(0);
    saving = 5; // whoever asks for it pays for it
    for (int step = 0; step < 3; step++) {
      assertTrue(attempt.saves(step));
    }
  }

  @Test
  void on_a_slow_disk_the_pause_grows_until_saving_takes_a_hundredth() {
    Attempt attempt = new Attempt(60);
    saving = 5;
    pass(60);
    assertTrue(attempt.saves(1));
    pass(499.9); // 5 s are a hundredth of 500 s
    assertFalse(attempt.saves(2));
    pass(0.1);
    saving = 0.2;
    assertTrue(attempt.saves(3));
    pass(59.9); // the disk is fast again: 0.2 s are a hundredth of 20 s, and 60 s are asked for
    assertFalse(attempt.saves(4));
    pass(0.1);
    assertTrue(attempt.saves(5));
  }

  /** Puts something in the place of all checkpoints, or takes it away. */
  private void takesNone(boolean none) throws IOException {
    Path place = root.resolve("checkpoints");
    ArtifactStore.delete(place);
    if (none) {
      Files.writeString(place, "no folder");
    } else {
      Files.createDirectory(place);
    }
  }

  @Test
  void a_disk_that_twice_running_takes_no_checkpoint_ends_the_stage_for_its_own_reasons()
      throws IOException {
    takesNone(true);
    Attempt attempt = new Attempt(0);
    assertTrue(attempt.saves(1));
    takesNone(false);
    assertTrue(attempt.saves(2), "the row is broken");
    takesNone(true);
    assertTrue(attempt.saves(3));
    Throwable thrown = assertThrows(UncheckedIOException.class, () -> attempt.saves(4));
    assertTrue(Faults.anyIn(thrown, StoreException.class));
  }

  @Test
  void a_disk_that_takes_no_checkpoint_once_does_not_end_the_stage() throws IOException {
    takesNone(true);
    Attempt attempt = new Attempt(0);
    assertTrue(attempt.saves(1));
    takesNone(false);
    assertTrue(attempt.saves(2));
    assertEquals(Optional.of(2), found(new Attempt(0)));
  }

  @Test
  void checkpoints_of_another_format_are_passed_over() throws IOException {
    Attempt attempt = new Attempt(0);
    attempt.saves(7);
    Checkpoint mine = folder.newest().orElseThrow();
    folder.add(mine.with("format", mine.number("format") + 1));
    Attempt next = new Attempt(0);
    assertEquals(OptionalDouble.empty(), next.checkpoints.found());
    assertEquals(Optional.empty(), found(next));
    folder.add(new Checkpoint(mine.arrays(), new TreeMap<>())); // of none
    assertEquals(Optional.empty(), found(new Attempt(0)));
    folder.add(mine);
    assertEquals(Optional.of(7), found(new Attempt(0)));
  }

  @Test
  void a_part_that_had_not_begun_is_not_resumed() {
    Attempt attempt = new Attempt(0);
    attempt.saves(7);
    Attempt next = new Attempt(0);
    assertEquals(Optional.empty(), next.checkpoints.left("another"));
    assertEquals(Optional.of(7), found(next));
  }

  @Test
  void a_part_that_is_over_is_in_every_later_checkpoint() {
    Attempt first = new Attempt(0);
    first.checkpoints.over("teacher", () -> at(40));
    first.saves(1);
    Attempt second = new Attempt(0);
    assertEquals(40, second.checkpoints.left("teacher").orElseThrow().whole("step"));
    assertEquals(Optional.of(1), found(second));
  }

  /**
   * Worked example. First piece: 3 s of inputs, 10 s of method, a checkpoint of 2 s, 6 s of method,
   * a checkpoint of 2 s, 7 s of method that are lost with the process. Second piece: 4 s of inputs,
   * 5 s until it is where it was, 9 s of method. The method took 10 + 6 + 9 = 25 s; overhead are 3
   * + 4 + 5 = 12 s; 2 s of checkpoints are known, the second's are not in itself.
   */
  @Test
  void seconds_of_two_pieces_are_the_sum_without_what_was_done_again() {
    saving = 2;
    Attempt first = new Attempt(0);
    pass(3);
    Stopwatch clock = first.checkpoints.timing(Stopwatch.start(() -> now));
    pass(10);
    first.saves(1);
    pass(6);
    first.saves(2);
    assertEquals(16, clock.seconds(), EXACTLY);
    assertEquals(4, first.seconds.saving(), EXACTLY);
    assertEquals(3, first.seconds.overhead(16), EXACTLY);
    pass(7);

    now = 1_000_000_000_000_000L; // another process has another beginning of time
    Attempt second = new Attempt(0);
    assertEquals(16, second.checkpoints.found().orElseThrow(), EXACTLY);
    pass(4);
    clock = second.checkpoints.timing(Stopwatch.start(() -> now));
    pass(5);
    assertEquals(Optional.of(2), found(second));
    assertEquals(16, clock.seconds(), EXACTLY);
    pass(9);

    assertEquals(25, clock.seconds(), EXACTLY);
    assertEquals(12, second.seconds.overhead(clock.seconds()), EXACTLY);
    assertEquals(2, second.seconds.saving(), EXACTLY);
    assertEquals(0, new Attempt(0).seconds.saving(), "and begins with none");
  }

  @Test
  void seconds_that_are_missing_from_a_checkpoint_are_a_misfit() throws IOException {
    new Attempt(0).saves(7);
    double format = folder.newest().orElseThrow().number("format");
    folder.add(Checkpoint.ofParts(Map.of(PART, at(3))).with("format", format));
    assertThrows(DataException.class, () -> found(new Attempt(0)));
  }
}
