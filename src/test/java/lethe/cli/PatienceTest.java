package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lethe.run.Obstacle;
import lethe.run.RunOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PatienceTest {
  private final Patience patience;

  private final Path folder;

  PatienceTest(@TempDir Path folder) {
    this.folder = folder;
    patience = patience(1);
  }

  private Patience patience(long plenty) {
    return new Patience(
        new Pause(List.of(folder), Duration.ofMillis(1), plenty), new StopSignals());
  }

  private boolean outlasts(String sentence, int performed) throws InterruptedException {
    return outlasts(patience, sentence, performed);
  }

  private static boolean outlasts(Patience patience, String sentence, int performed)
      throws InterruptedException {
    return patience.outlasts(
        new RunOutcome(
            10,
            performed,
            performed,
            0,
            List.of(),
            List.of(),
            false,
            Optional.of(Obstacle.passing(sentence))));
  }

  @Test
  void the_same_six_times_without_a_stage_between_is_no_matter_of_time() throws Exception {
    for (int i = 1; i < 6; i++) {
      assertTrue(outlasts("store/checkpoints/0123456789abcde" + i + " (" + i + " bytes free)", 0));
    }
    assertFalse(outlasts("store/checkpoints/fedcba987654321 (0 bytes free)", 0));
  }

  @Test
  void where_the_disk_is_nearly_full_it_goes_on_waiting() throws Exception {
    Patience nearlyFull = patience(Long.MAX_VALUE);
    for (int i = 0; i < 10; i++) {
      assertTrue(outlasts(nearlyFull, "No space left on device", 0));
    }
  }

  @Test
  void a_stage_that_was_done_or_another_obstacle_begins_the_count_again() throws Exception {
    for (int i = 1; i < 6; i++) {
      assertTrue(outlasts("takes nothing", 0));
    }
    assertTrue(outlasts("takes nothing", 1), "there is progress");
    for (int i = 1; i < 5; i++) {
      assertTrue(outlasts("takes nothing", 0));
    }
    assertTrue(outlasts("gives nothing", 0));
    assertTrue(outlasts("takes nothing", 0));
  }

  @Test
  void what_does_not_pass_is_not_waited_for() throws Exception {
    RunOutcome done = RunOutcome.obstructed(1, Obstacle.passing("x"));
    assertFalse(
        patience.outlasts(
            new RunOutcome(1, 1, 1, 0, List.of(), List.of(), false, Optional.empty())));
    assertTrue(patience.outlasts(done));
  }
}
