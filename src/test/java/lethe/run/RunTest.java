package lethe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import lethe.ledger.ArtifactStore;
import lethe.ledger.Event;
import lethe.ledger.Fault;
import lethe.ledger.JournalFile;
import lethe.ledger.Progress;
import lethe.ledger.StoreException;
import lethe.net.DivergedException;
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
          public void failed(
              StageKey key, Stage stage, Fault fault, String reason, List<StageKey> skipped) {
            told.add("failed " + sketch.name(key) + ": " + reason);
          }

          @Override
          public void retrying(StageKey key, Stage stage, String reason, Duration pause) {
            told.add("retrying " + sketch.name(key) + ": " + reason);
          }

          @Override
          public void leftOut(String family, String reason, List<StageKey> skipped) {
            told.add("left out " + family + ": " + skipped.size());
          }

          @Override
          public void lost(StageKey key, Stage stage, String reason) {
            told.add("lost " + sketch.name(key) + ": " + reason);
          }
        };
    return new Run(sketch.job(experiment, store), workshop, settings(), listener);
  }

  private static RunSettings settings() {
    String device = "test-" + ProcessHandle.current().pid();
    return new RunSettings(2, true, device, List.of(Duration.ofMillis(20)));
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
  void what_lost_the_device_ends_the_run_and_comes_last_in_the_next() {
    Sketch sketch = new Sketch().cell("a").cell("b");
    FakeWorkshop.Act loses =
        signals -> {
          throw new IllegalStateException("CUDA error: device-side assert triggered");
        };
    RunOutcome first = run(sketch, new FakeWorkshop(sketch, store).at("a-original", loses)).start();
    assertFalse(first.obstacle().orElseThrow().mayPass());
    assertTrue(first.obstacle().orElseThrow().sentence().contains("device-side assert"));
    assertEquals(
        Fault.DEVICE, progress().failedStage(sketch.key("a-original")).orElseThrow().fault());

    FakeWorkshop workshop = new FakeWorkshop(sketch, store).at("a-original", loses);
    RunOutcome second = run(sketch, workshop).start();
    assertEquals(6, second.finished(), "a-split and all of b");
    assertEquals("a-original", workshop.performed.get(workshop.performed.size() - 1));
    assertTrue(second.obstacle().isPresent());

    assertTrue(run(sketch, new FakeWorkshop(sketch, store)).start().complete());
  }

  @Test
  void a_disk_that_gives_or_takes_nothing_is_no_fault_of_the_stage() {
    Sketch sketch = new Sketch().cell("a");
    FakeWorkshop workshop =
        new FakeWorkshop(sketch, store)
            .at(
                "a-original",
                signals -> { // as from inside a loop
                  throw new UncheckedIOException(
                      StoreException.reading(folder, new IOException("Input/output error")));
                });
    RunOutcome outcome = run(sketch, workshop).start();
    assertTrue(outcome.obstacle().orElseThrow().mayPass());
    assertEquals(List.of(), outcome.failures());
    assertEquals(Optional.empty(), progress().failedStage(sketch.key("a-original")));
  }

  @Test
  void what_is_left_out_is_not_tried_and_counts_as_no_success() {
    Sketch sketch = new Sketch().cell("a").cell("b");
    Job whole = sketch.job(experiment, store);
    Job job =
        new Job(
            whole.plan(),
            whole.environment(),
            "sketch",
            experiment,
            store,
            Set.of(sketch.key("a-unlearned")));
    FakeWorkshop workshop = new FakeWorkshop(sketch, store);
    RunOutcome outcome = new Run(job, workshop, settings(), RunListener.NONE).start();
    assertEquals(2 + 5, outcome.finished());
    assertFalse(outcome.complete());
    assertFalse(workshop.performed.contains("a-unlearned"));
    assertTrue(run(sketch, new FakeWorkshop(sketch, store)).start().complete());
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
  void what_lacked_memory_is_tried_again_and_may_succeed() {
    Sketch sketch = new Sketch().cell("a").cell("b");
    AtomicInteger tries = new AtomicInteger();
    FakeWorkshop workshop =
        new FakeWorkshop(sketch, store)
            .at(
                "a-unlearned",
                signals -> {
                  if (tries.incrementAndGet() == 1) {
                    throw new IllegalStateException("DefaultCPUAllocator: can't allocate memory");
                  }
                });

    RunOutcome outcome = run(sketch, workshop).start();

    assertTrue(outcome.complete(), outcome.toString());
    assertEquals(2, tries.get());
    assertEquals(1, workshop.relieved, "caches are given up before the second try");
    assertTrue(told.toString().contains("retrying a-unlearned"), told.toString());
    List<Event.StageFailed> failed =
        journal().stream()
            .filter(Event.StageFailed.class::isInstance)
            .map(Event.StageFailed.class::cast)
            .toList();
    assertEquals(1, failed.size());
    assertEquals(Fault.MEMORY, failed.get(0).fault());
    assertEquals(1, failed.get(0).attempt());
  }

  @Test
  void one_cell_throws_one_diverges_one_lacks_memory_and_all_others_finish() {
    Sketch sketch = new Sketch().cell("a").cell("b").cell("c").cell("d");
    FakeWorkshop workshop =
        new FakeWorkshop(sketch, store)
            .at(
                "a-unlearned",
                signals -> {
                  throw new IllegalArgumentException("There is no image to draw.");
                })
            .at(
                "b-unlearned",
                signals -> {
                  throw new DivergedException(3, 8, 0, Double.NaN);
                })
            .at(
                "c-unlearned",
                signals -> {
                  throw new IllegalStateException("CUDA out of memory. Tried to allocate 2 GiB");
                });

    RunOutcome outcome = run(sketch, workshop).start();

    assertEquals(4 * 5 - 3 * 3, outcome.finished());
    assertEquals(3 * 2, outcome.skipped());
    Map<String, Fault> faults = new TreeMap<>();
    outcome.failures().forEach(f -> faults.put(sketch.name(f.key()), f.fault()));
    assertEquals(
        Map.of(
            "a-unlearned", Fault.ERROR, "b-unlearned", Fault.DIVERGED, "c-unlearned", Fault.MEMORY),
        faults);
    assertEquals(2, workshop.performed.stream().filter("c-unlearned"::equals).count());
    assertEquals(1, workshop.performed.stream().filter("b-unlearned"::equals).count());
    assertTrue(outcome.failures().stream().anyMatch(f -> f.reason().contains("step 3 of 8")));
    assertEquals(Optional.empty(), outcome.obstacle());
  }

  @Test
  void a_family_that_fails_alike_three_times_is_left_out_and_others_go_on() {
    Sketch sketch = new Sketch();
    for (String name : List.of("a", "b", "c", "d", "e")) {
      sketch.stage(StageKind.ORIGINAL, name);
    }
    sketch.stage(StageKind.SPLIT, "split").stage(StageKind.LOGITS, "logits", "e");
    FakeWorkshop workshop = new FakeWorkshop(sketch, store);
    for (String name : List.of("a", "b", "c", "d", "e")) {
      workshop.at(
          name,
          signals -> {
            throw new DivergedException(name.charAt(0), 999, 0, Double.POSITIVE_INFINITY);
          });
    }

    RunOutcome outcome = run(sketch, workshop).start();

    assertEquals(3, outcome.failures().size());
    assertEquals(1, outcome.families().size());
    assertEquals(3, outcome.families().get(0).stages(), "d, e and the logits of e");
    assertEquals(3, outcome.skipped());
    assertEquals(1, outcome.finished(), "the split");
    assertTrue(told.contains("left out original glyphs: 3"), told.toString());
    assertEquals(1, journal().stream().filter(Event.FamilyStopped.class::isInstance).count());

    assertTrue(run(sketch, new FakeWorkshop(sketch, store)).start().complete(), "the next tries");
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

    assertTrue(outcome.obstacle().orElseThrow().sentence().contains("no natives for this machine"));
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

    assertTrue(
        outcome.obstacle().orElseThrow().sentence().contains("\"sketch\", not of \"other\""));
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

    String obstacle = outcome.obstacle().orElseThrow().sentence();
    assertTrue(obstacle.startsWith("The store of artifacts " + store.root()), obstacle);
    assertTrue(obstacle.contains(" bytes free there"), obstacle);
    assertTrue(outcome.obstacle().orElseThrow().mayPass(), "room may be made");
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
    assertTrue(outcome.obstacle().orElseThrow().sentence().contains("ended by themselves"));
    assertFalse(outcome.complete());
  }
}
