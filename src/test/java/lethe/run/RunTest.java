package lethe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import lethe.ledger.ArtifactStore;
import lethe.ledger.Event;
import lethe.ledger.JournalFile;
import lethe.ledger.Progress;
import lethe.plan.Stage;
import lethe.plan.StageKey;
import lethe.plan.StageKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
  private final Path folder;
  private final Path experiment;
  private final ArtifactStore store;
  private final List<String> told = new ArrayList<>();

  RunTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    experiment = Files.createDirectory(folder.resolve("sketch"));
    store = ArtifactStore.open(folder.resolve("store"));
  }

  private Run run(Sketch sketch, Workshop workshop) {
    RunListener listener =
        new RunListener() {
          @Override
          public void finished(
              StageKey key, Stage stage, Map<String, Double> seconds, boolean adopted) {
            told.add((adopted ? "adopted " : "finished ") + sketch.name(key));
          }

          @Override
          public void failed(StageKey key, Stage stage, String reason, List<StageKey> skipped) {
            told.add("failed " + sketch.name(key) + ": " + reason);
          }

          @Override
          public void lost(StageKey key, Stage stage, String reason) {
            told.add("lost " + sketch.name(key) + ": " + reason);
          }
        };
    RunSettings settings = new RunSettings(2, true, "test-" + ProcessHandle.current().pid());
    return new Run(sketch.job(experiment, store), workshop, settings, listener);
  }

  private List<Event> journal() {
    JournalFile.Reading reading = JournalFile.read(experiment, "sketch");
    return assertInstanceOf(JournalFile.Events.class, reading, reading.toString()).events();
  }

  private Progress progress() {
    return Progress.of(journal());
  }

  @Test
  void a_run_leaves_every_artifact_and_the_next_finds_nothing_to_do() throws IOException {
    Sketch sketch = new Sketch().cell("a").cell("b");
    FakeWorkshop workshop = new FakeWorkshop(sketch, store);

    RunOutcome first = run(sketch, workshop).start();

    assertEquals(Optional.empty(), first.obstacle());
    assertTrue(first.complete());
    assertEquals(10, first.performed());
    assertTrue(workshop.closed);
    assertEquals(1, new HashSet<>(workshop.engineThreads).size(), "one thread for the engine");
    assertEquals(11, journal().size()); // the plan and ten stages
    assertEquals(11, Files.readAllLines(experiment.resolve("events.jsonl")).size());

    FakeWorkshop idle = new FakeWorkshop(sketch, store);
    RunOutcome second = run(sketch, idle).start();

    assertTrue(second.complete());
    assertEquals(0, second.performed());
    assertEquals(List.of(), idle.performed);
    assertEquals(11, journal().size());
  }

  @Test
  void a_stage_that_throws_fails_what_depends_on_it_and_nothing_else() {
    Sketch sketch = new Sketch().cell("a").cell("b");
    FakeWorkshop workshop =
        new FakeWorkshop(sketch, store)
            .at(
                "a-original",
                signals -> {
                  throw new IOException("the weights exploded");
                });

    RunOutcome outcome = run(sketch, workshop).start();

    assertEquals(6, outcome.finished()); // a-split and the five of b
    assertEquals(3, outcome.skipped()); // unlearned, logits, scores of a
    assertEquals(
        List.of("the weights exploded"),
        outcome.failures().stream().map(RunOutcome.Failure::reason).toList());
    assertEquals(1, progress().failed().size());

    RunOutcome again = run(sketch, new FakeWorkshop(sketch, store)).start();
    assertTrue(again.complete(), "the same command tries failed stages again");
    assertEquals(0, progress().failed().size());
  }

  @Test
  void an_error_of_one_stage_does_not_end_the_others() {
    Sketch sketch = new Sketch().cell("a").cell("b");
    FakeWorkshop workshop =
        new FakeWorkshop(sketch, store)
            .at(
                "a-split",
                signals -> {
                  throw new OutOfMemoryError("Java heap space");
                });

    RunOutcome outcome = run(sketch, workshop).start();

    assertEquals("OutOfMemoryError: Java heap space", outcome.failures().get(0).reason());
    assertEquals(6, outcome.finished()); // a-original and the five of b
  }

  @Test
  void a_grown_grid_keeps_completions() {
    run(new Sketch().cell("a"), new FakeWorkshop(new Sketch().cell("a"), store)).start();
    Sketch grown = new Sketch().cell("a").cell("b");
    FakeWorkshop workshop = new FakeWorkshop(grown, store);

    RunOutcome outcome = run(grown, workshop).start();

    assertTrue(outcome.complete());
    assertEquals(5, outcome.performed());
    assertTrue(workshop.performed.stream().allMatch(name -> name.startsWith("b-")));
    assertEquals(2, journal().stream().filter(Event.GridPlanned.class::isInstance).count());
  }

  @Test
  void an_altered_or_deleted_artifact_is_made_again() throws IOException {
    Sketch sketch = new Sketch().cell("a");
    run(sketch, new FakeWorkshop(sketch, store)).start();
    Files.writeString(store.file(sketch.key("a-logits"), "result.txt"), "result of b-logits");
    Files.delete(store.file(sketch.key("a-split"), "result.txt"));
    told.clear();
    FakeWorkshop workshop = new FakeWorkshop(sketch, store);

    RunOutcome outcome = run(sketch, workshop).start();

    assertTrue(outcome.complete());
    assertEquals(Set.of("a-split", "a-logits"), Set.copyOf(workshop.performed));
    assertEquals(
        List.of(
            "lost a-split: its artifact was altered: its file result.txt is missing",
            "lost a-logits: its artifact was altered: the checksum of its file result.txt does not"
                + " agree"),
        told.subList(0, 2));
    assertEquals(Set.of("finished a-split", "finished a-logits"), Set.copyOf(told.subList(2, 4)));
    assertTrue(Files.exists(folder.resolve("store/altered")), "nothing is deleted");
    assertEquals(0, progress().lost().size());
    assertFalse(
        progress()
            .finishedStage(sketch.key("a-logits"))
            .orElseThrow()
            .flags()
            .contains(Entries.NOT_REPRODUCED));
  }

  @Test
  void an_artifact_without_its_event_is_adopted() throws Exception {
    Sketch sketch = new Sketch().cell("a");
    // A crash came after the move into place and before the journal was written.
    new FakeWorkshop(sketch, store).leave(sketch.key("a-original"));
    FakeWorkshop workshop = new FakeWorkshop(sketch, store);

    RunOutcome outcome = run(sketch, workshop).start();

    assertTrue(outcome.complete());
    assertEquals(4, outcome.performed());
    assertEquals("adopted a-original", told.get(0));
    Progress.Finished adopted = progress().finishedStage(sketch.key("a-original")).orElseThrow();
    assertTrue(adopted.adopted());
    assertEquals(Map.of("work", 0.5), adopted.seconds());
  }

  @Test
  void a_stop_abandons_the_running_stage_and_the_next_run_goes_on() throws InterruptedException {
    Sketch sketch = new Sketch().cell("a");
    CountDownLatch inside = new CountDownLatch(1);
    FakeWorkshop workshop =
        new FakeWorkshop(sketch, store)
            .at(
                "a-unlearned",
                signals -> {
                  inside.countDown();
                  while (true) {
                    signals.check();
                    Thread.onSpinWait();
                  }
                });
    Run run = run(sketch, workshop);
    Thread stopper =
        new Thread(
            () -> {
              try {
                inside.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              run.requestStop();
            });
    stopper.start();

    RunOutcome outcome = run.start();
    stopper.join();

    assertTrue(outcome.stopped());
    assertEquals(List.of(), outcome.failures());
    assertEquals(2, outcome.finished()); // split and original
    assertTrue(workshop.closed);
    assertTrue(run(sketch, new FakeWorkshop(sketch, store)).start().complete());
  }

  @Test
  void a_stop_before_the_start_starts_nothing() {
    Sketch sketch = new Sketch().cell("a");
    FakeWorkshop workshop = new FakeWorkshop(sketch, store);
    Run run = run(sketch, workshop);
    run.requestStop();

    RunOutcome outcome = run.start();

    assertTrue(outcome.stopped());
    assertEquals(List.of(), workshop.performed);
  }

  @Test
  void an_engine_that_cannot_be_opened_ends_the_run_with_a_sentence() {
    Sketch sketch = new Sketch().cell("a").cell("b");
    FakeWorkshop workshop =
        new FakeWorkshop(sketch, store)
            .at(
                "engine",
                signals -> {
                  throw new IOException("no natives for this machine");
                });

    RunOutcome outcome = run(sketch, workshop).start();

    assertTrue(outcome.obstacle().orElseThrow().contains("no natives for this machine"));
    assertEquals(List.of(), outcome.failures());
    assertFalse(outcome.stopped());
  }

  @Test
  void the_journal_of_another_experiment_is_refused() {
    Sketch sketch = new Sketch().cell("a");
    run(sketch, new FakeWorkshop(sketch, store)).start();
    Job other = new Job(sketch.plan(), Sketch.ENVIRONMENT, "other", experiment, store);

    RunOutcome outcome =
        new Run(
                other,
                new FakeWorkshop(sketch, store),
                new RunSettings(1, true, "test"),
                RunListener.NONE)
            .start();

    assertTrue(outcome.obstacle().orElseThrow().contains("\"sketch\", not of \"other\""));
  }

  @Test
  void a_listener_that_breaks_does_not_break_the_run() {
    Sketch sketch = new Sketch().cell("a");
    RunListener broken =
        new RunListener() {
          @Override
          public void started(StageKey key, Stage stage) {
            throw new IllegalStateException("no terminal");
          }
        };
    RunOutcome outcome =
        new Run(
                sketch.job(experiment, store),
                new FakeWorkshop(sketch, store),
                new RunSettings(1, true, "test"),
                broken)
            .start();
    assertTrue(outcome.complete());
  }

  @Test
  void a_stage_that_progresses_tells_its_listener() {
    Sketch sketch = new Sketch().stage(StageKind.ORIGINAL, "a");
    FakeWorkshop workshop =
        new FakeWorkshop(sketch, store).at("a", signals -> signals.progress(7, 7, 0.25));
    List<String> progress = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void progress(StageKey key, Stage stage, long done, long total, double loss) {
            progress.add(done + "/" + total + " " + loss);
          }
        };
    new Run(sketch.job(experiment, store), workshop, new RunSettings(1, true, "test"), listener)
        .start();
    assertEquals(List.of("7/7 0.25"), progress);
  }

  @Test
  void what_another_run_leaves_while_this_one_works_is_finished_but_not_performed() {
    Sketch sketch = new Sketch().cell("a");

    RunOutcome outcome = run(sketch, new FakeWorkshop(sketch, store).adopting()).start();

    assertTrue(outcome.complete());
    assertEquals(0, outcome.performed());
    assertTrue(told.contains("adopted a-logits"), told.toString());
  }

  @Test
  void a_store_that_takes_nothing_ends_the_run_and_the_next_goes_on() throws IOException {
    Sketch sketch =
        new Sketch()
            .stage(StageKind.ORIGINAL, "a")
            .stage(StageKind.ORIGINAL, "b")
            .stage(StageKind.ORIGINAL, "c");
    Path drafts = folder.resolve("store/drafts");
    FakeWorkshop workshop =
        new FakeWorkshop(sketch, store)
            .at(
                "b",
                signals -> {
                  Files.delete(drafts);
                  Files.writeString(drafts, "no folder any more");
                });

    RunOutcome outcome = run(sketch, workshop).start();

    String obstacle = outcome.obstacle().orElseThrow();
    assertTrue(obstacle.startsWith("The store of artifacts " + store.root()), obstacle);
    assertTrue(obstacle.contains(" bytes free there"), obstacle);
    assertEquals(List.of(), outcome.failures());
    assertEquals(List.of("a", "b"), workshop.performed);
    Files.delete(drafts);
    assertTrue(run(sketch, new FakeWorkshop(sketch, store)).start().complete());
  }

  @Test
  @Timeout(60)
  void actors_that_end_by_themselves_end_the_run() {
    Sketch sketch = new Sketch().cell("a");
    RunListener fatal =
        new RunListener() {
          @Override
          public void started(StageKey key, Stage stage) {
            throw new NoClassDefFoundError("lethe/Missing"); // fatal to a system of actors
          }
        };
    RunOutcome outcome =
        new Run(
                sketch.job(experiment, store),
                new FakeWorkshop(sketch, store),
                new RunSettings(1, true, "test"),
                fatal)
            .start();
    assertTrue(outcome.obstacle().orElseThrow().contains("ended by themselves"));
    assertFalse(outcome.complete());
  }
}
