package lethe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import lethe.ledger.ArtifactStore;
import lethe.ledger.Event;
import lethe.ledger.Fault;
import lethe.ledger.JournalFile;
import lethe.net.DivergedException;
import lethe.plan.Stage;
import lethe.plan.StageKey;
import lethe.plan.StageKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run does with stages that fail: again, later, or not at all. */
@Timeout(60)
class RetryTest {
  private static final String FULL = "CUDA out of memory. Tried to allocate 2.00 GiB.";

  private final Path experiment;
  private final ArtifactStore store;

  RetryTest(@TempDir Path folder) throws IOException {
    experiment = Files.createDirectory(folder.resolve("sketch"));
    store = ArtifactStore.open(folder.resolve("store"));
  }

  private Run run(Sketch sketch, Workshop workshop, RunListener listener, Duration... backOff) {
    String device = "retry-" + ProcessHandle.current().pid();
    RunSettings settings = new RunSettings(2, true, device, List.of(backOff));
    return new Run(sketch.job(experiment, store), workshop, settings, listener);
  }

  private List<Event.StageFailed> failures() {
    JournalFile.Reading reading = JournalFile.read(experiment, "sketch");
    return assertInstanceOf(JournalFile.Events.class, reading).events().stream()
        .filter(Event.StageFailed.class::isInstance)
        .map(Event.StageFailed.class::cast)
        .toList();
  }

  private static FakeWorkshop.Act full() {
    return signals -> {
      throw new IllegalStateException(FULL);
    };
  }

  private static long times(FakeWorkshop workshop, String name) {
    return workshop.performed.stream().filter(name::equals).count();
  }

  @Test
  void memory_fails_for_good_after_the_last_back_off_and_others_went_on_meanwhile() {
    Sketch sketch = new Sketch().cell("a").cell("b");
    FakeWorkshop workshop = new FakeWorkshop(sketch, store).at("a-original", full());
    Duration pause = Duration.ofMillis(300);

    RunOutcome outcome = run(sketch, workshop, RunListener.NONE, pause, pause).start();

    assertEquals(3, times(workshop, "a-original"));
    assertEquals(3, workshop.relieved);
    assertEquals(List.of(1, 2, 3), failures().stream().map(Event.StageFailed::attempt).toList());
    assertEquals(1, outcome.failures().size());
    assertEquals(Fault.MEMORY, outcome.failures().get(0).fault());
    assertEquals("IllegalStateException: " + FULL, outcome.failures().get(0).reason());
    assertEquals(3, outcome.skipped());
    assertEquals(6, outcome.finished());
    assertFalse(outcome.stopped());
    int last = workshop.performed.lastIndexOf("a-original");
    assertEquals(workshop.performed.size() - 1, last, "b did not wait: " + workshop.performed);
  }

  @Test
  void a_deterministic_error_and_divergence_are_tried_once() {
    Sketch sketch = new Sketch().cell("a").cell("b");
    FakeWorkshop workshop =
        new FakeWorkshop(sketch, store)
            .at(
                "a-original",
                signals -> {
                  throw new DivergedException(3, 8, 0, Double.NaN);
                })
            .at(
                "b-split",
                signals -> {
                  throw new IOException("the class 3 is empty");
                });

    run(sketch, workshop, RunListener.NONE, Duration.ofMillis(1)).start();

    assertEquals(1, times(workshop, "a-original"));
    assertEquals(1, times(workshop, "b-split"));
    assertEquals(2, failures().size());
  }

  @Test
  void a_stop_does_not_wait_for_a_stage_that_rests() {
    Sketch sketch = new Sketch().cell("a");
    FakeWorkshop workshop = new FakeWorkshop(sketch, store).at("a-original", full());
    CompletableFuture<Run> running = new CompletableFuture<>();
    RunListener stopping =
        new RunListener() {
          @Override
          public void retrying(StageKey key, Stage stage, String reason, Duration pause) {
            running.join().requestStop();
          }
        };
    Run run = run(sketch, workshop, stopping, Duration.ofHours(1));
    running.complete(run);

    RunOutcome outcome = run.start();

    assertTrue(outcome.stopped(), outcome.toString());
    assertEquals(1, times(workshop, "a-original"));
    assertTrue(
        run(sketch, new FakeWorkshop(sketch, store), RunListener.NONE).start().complete(),
        "the next run tries it first");
  }

  @Test
  void a_family_that_is_given_up_takes_its_resting_stages_along() {
    Sketch sketch = new Sketch();
    for (String name : List.of("a", "b", "c", "d", "e")) {
      sketch.stage(StageKind.ORIGINAL, name);
    }
    FakeWorkshop workshop = new FakeWorkshop(sketch, store).at("a", full());
    for (String name : List.of("b", "c", "d")) {
      workshop.at(
          name,
          signals -> {
            throw new IOException("the class " + (int) name.charAt(0) + " is empty");
          });
    }

    RunOutcome outcome = run(sketch, workshop, RunListener.NONE, Duration.ofHours(1)).start();

    assertEquals(List.of("a", "b", "c", "d"), workshop.performed, "and nobody waits an hour");
    assertEquals(2, outcome.families().get(0).stages(), "a, which rested, and e");
    assertFalse(outcome.stopped());
  }

  @Test
  void a_device_that_is_lost_is_not_tried_again_by_the_same_process() {
    Sketch sketch = new Sketch().cell("a").cell("b");
    FakeWorkshop workshop =
        new FakeWorkshop(sketch, store)
            .at(
                "a-unlearned",
                signals -> {
                  throw new IllegalStateException("CUDA error: unspecified launch failure");
                });

    RunOutcome outcome = run(sketch, workshop, RunListener.NONE, Duration.ofMillis(1)).start();

    Obstacle obstacle = outcome.obstacle().orElseThrow();
    assertTrue(obstacle.sentence().contains("unspecified launch failure"), obstacle.sentence());
    assertFalse(obstacle.mayPass(), "another process is needed");
    assertEquals(List.of(Fault.DEVICE), outcome.failures().stream().map(f -> f.fault()).toList());
    assertEquals(1, times(workshop, "a-unlearned"));
    RunOutcome next = run(sketch, new FakeWorkshop(sketch, store), RunListener.NONE).start();
    assertEquals(Optional.empty(), next.obstacle());
    assertTrue(next.complete());
  }
}
