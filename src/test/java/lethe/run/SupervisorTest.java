package lethe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import akka.persistence.testkit.javadsl.PersistenceTestKit;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lethe.ledger.ArtifactStore;
import lethe.ledger.Event;
import lethe.ledger.EventLog;
import lethe.ledger.Progress;
import lethe.plan.StageKey;
import lethe.plan.StageKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
  private static final ActorTestKit KIT =
      ActorTestKit.create(
          EventSourcedBehaviorTestKit.config()
              .withFallback(ConfigFactory.parseResources("lethe-akka.conf"))
              .withFallback(ConfigFactory.defaultReferenceUnresolved())
              .resolve());
  private static final PersistenceTestKit JOURNAL = PersistenceTestKit.create(KIT.system());
  private static final String PID = "sketch";

  private final Path folder;

  SupervisorTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void empty() {
    JOURNAL.clearAll();
    JOURNAL.resetPolicy();
  }

  @AfterAll
  static void close() {
    KIT.shutdownTestKit();
  }

  private Workbench workbench(Sketch sketch, FakeWorkshop workshop, ArtifactStore store)
      throws IOException {
    return workbench(sketch, workshop, store, true, DeviceLock.unshared());
  }

  private Workbench workbench(
      Sketch sketch, FakeWorkshop workshop, ArtifactStore store, boolean quiet, DeviceLock device)
      throws IOException {
    Path experiment = Files.createTempDirectory(folder, "experiment");
    return new Workbench(
        sketch.job(experiment, store),
        workshop,
        new RunSettings(2, quiet, "test"),
        new StopFlag(),
        RunListener.NONE,
        EventLog.open(experiment, List.of()),
        device,
        () -> 1_000);
  }

  private ArtifactStore store() throws IOException {
    return ArtifactStore.open(Files.createTempDirectory(folder, "store"));
  }

  /** Runs a supervisor to its end over what the journal holds. */
  private Supervisor.Ended run(Sketch sketch, FakeWorkshop workshop, ArtifactStore store)
      throws IOException {
    TestProbe<Supervisor.Ended> end = KIT.createTestProbe();
    ActorRef<Supervisor.Command> supervisor =
        KIT.spawn(Supervisor.create(workbench(sketch, workshop, store), end.getRef()));
    Supervisor.Ended ended = end.expectMessageClass(Supervisor.Ended.class);
    KIT.stop(supervisor);
    return ended;
  }

  private static List<Event> events() {
    return JOURNAL.persistedInStorage(PID).stream().map(Event.class::cast).toList();
  }

  /** What must not depend on where a run was cut: which stages stand, and with what. */
  private static TreeMap<String, String> digests(Progress progress) {
    TreeMap<String, String> digests = new TreeMap<>();
    progress.finished().forEach((key, stage) -> digests.put(key, stage.digest()));
    return digests;
  }

  @Test
  void every_prefix_of_a_journal_resumes_to_the_same_end() throws IOException {
    Sketch sketch = new Sketch().cell("a").cell("b");
    ArtifactStore store = store();
    run(sketch, new FakeWorkshop(sketch, store), store);
    List<Event> whole = events();
    assertEquals(11, whole.size());

    for (int length = 0; length <= whole.size(); length++) {
      List<Event> prefix = whole.subList(0, length);
      // Once with every artifact in place, as after a crash between artifact and event; once with
      // those alone that the prefix tells of.
      for (boolean artifactsAhead : new boolean[] {true, false}) {
        JOURNAL.clearAll();
        JOURNAL.persistForRecovery(PID, List.copyOf(prefix));
        ArtifactStore kept = artifactsAhead ? store : store();
        FakeWorkshop workshop = new FakeWorkshop(sketch, kept);
        if (!artifactsAhead) {
          leave(workshop, prefix);
        }

        Supervisor.Ended ended = run(sketch, workshop, kept);

        assertEquals(new Supervisor.Ended(false, Optional.empty()), ended);
        assertEquals(digests(Progress.of(whole)), digests(Progress.of(events())));
        assertEquals(whole.size(), events().size(), "no stage finishes twice");
        int todo = artifactsAhead ? 0 : 11 - Math.max(1, length);
        assertEquals(todo, workshop.performed.size());
      }
    }
  }

  private static void leave(FakeWorkshop workshop, List<Event> events) {
    for (Event event : events) {
      if (event instanceof Event.StageFinished e) {
        try {
          workshop.leave(new StageKey(e.key()));
        } catch (Exception problem) {
          throw new AssertionError(problem);
        }
      }
    }
  }

  @Test
  void a_double_reply_is_recorded_once() throws IOException {
    Sketch sketch = new Sketch().stage(StageKind.SPLIT, "a").stage(StageKind.ORIGINAL, "b");
    ArtifactStore store = store();
    CompletableFuture<String> gate = new CompletableFuture<>();
    FakeWorkshop workshop =
        new FakeWorkshop(sketch, store).at("b", signals -> gate.get(20, TimeUnit.SECONDS));
    TestProbe<Supervisor.Ended> end = KIT.createTestProbe();
    TestProbe<Batcher.Command> recorded = KIT.createTestProbe();
    ActorRef<Supervisor.Command> supervisor =
        KIT.spawn(Supervisor.create(workbench(sketch, workshop, store), end.getRef()));
    recorded.awaitAssert(
        () -> {
          assertTrue(workshop.performed.contains("b"));
          return "";
        });
    StageReply reply =
        new StageReply.Performed(sketch.key("b"), "digest", new TreeMap<>(), List.of(), false);

    supervisor.tell(new Supervisor.Report(List.of(reply, reply), recorded.getRef()));
    supervisor.tell(new Supervisor.Report(List.of(reply), recorded.getRef()));
    recorded.expectMessage(Batcher.Recorded.INSTANCE);
    recorded.expectMessage(Batcher.Recorded.INSTANCE);
    end.expectMessageClass(Supervisor.Ended.class);
    gate.complete("");
    KIT.stop(supervisor);

    assertEquals(3, events().size()); // the plan, a and b
  }

  @Test
  void a_journal_that_fails_ends_the_run_with_a_sentence() throws Exception {
    Sketch sketch = new Sketch().cell("a");
    ArtifactStore store = store();
    FakeWorkshop workshop = new FakeWorkshop(sketch, store);
    JOURNAL.failNextNPersisted(1, new IOException("no space left on device"));
    CompletableFuture<Supervisor.Ended> end = new CompletableFuture<>();
    KIT.spawn(Guardian.create(workbench(sketch, workshop, store), end));

    Supervisor.Ended ended = end.get(20, TimeUnit.SECONDS);

    assertFalse(ended.stopped());
    assertTrue(
        ended.obstacle().orElseThrow().sentence().contains("no space left on device"),
        ended.obstacle().toString());
  }

  @Test
  void an_adopted_time_is_doubted_where_timing_is_not_quiet() throws Exception {
    for (boolean quiet : new boolean[] {true, false}) {
      JOURNAL.clearAll();
      Sketch sketch = new Sketch().stage(StageKind.UNLEARNED, "a").stage(StageKind.UNLEARNED, "b");
      ArtifactStore store = store();
      FakeWorkshop workshop = new FakeWorkshop(sketch, store).adopting();
      workshop.leave(sketch.key("a")); // one is there at the start, one when its turn comes
      TestProbe<Supervisor.Ended> end = KIT.createTestProbe();
      Workbench bench = workbench(sketch, workshop, store, quiet, DeviceLock.unshared());
      ActorRef<Supervisor.Command> supervisor = KIT.spawn(Supervisor.create(bench, end.getRef()));
      end.expectMessageClass(Supervisor.Ended.class);
      KIT.stop(supervisor);

      Progress progress = Progress.of(events());
      for (StageKey key : sketch.keys()) {
        assertEquals(
            quiet ? List.of() : List.of(Entries.OVERLAP_UNKNOWN),
            progress.finishedStage(key).orElseThrow().flags());
      }
    }
  }

  @Test
  void an_artifact_that_comes_out_different_is_marked() throws IOException {
    Sketch sketch = new Sketch().stage(StageKind.SPLIT, "a");
    ArtifactStore store = store();
    JOURNAL.persistForRecovery(
        PID,
        List.of(
            new Event.StageFinished(
                sketch.key("a").hex(),
                "split",
                "another digest",
                new TreeMap<>(),
                List.of(),
                false,
                1)));

    run(sketch, new FakeWorkshop(sketch, store), store);

    Progress.Finished again = Progress.of(events()).finishedStage(sketch.key("a")).orElseThrow();
    assertEquals(List.of(Entries.NOT_REPRODUCED), again.flags());
  }

  @Test
  void answers_that_come_together_are_written_together() {
    TestProbe<Supervisor.Report> supervisor = KIT.createTestProbe();
    ActorRef<Batcher.Command> batcher = KIT.spawn(Batcher.create(supervisor.getRef()));
    Sketch sketch = new Sketch().cell("a");
    for (String name : List.of("a-split", "a-original", "a-logits")) {
      batcher.tell(new StageReply.Abandoned(sketch.key(name)));
    }
    assertEquals(1, supervisor.expectMessageClass(Supervisor.Report.class).replies().size());

    batcher.tell(Batcher.Recorded.INSTANCE);

    assertEquals(2, supervisor.expectMessageClass(Supervisor.Report.class).replies().size());
  }

  /** Counts how often the device is taken and given back. */
  private static final class CountedDevice implements DeviceLock {
    final AtomicInteger taken = new AtomicInteger();
    final AtomicInteger held = new AtomicInteger();

    @Override
    public boolean tryAcquire() {
      taken.incrementAndGet();
      held.incrementAndGet();
      return true;
    }

    @Override
    public void withdraw() {}

    @Override
    public void release() {
      held.set(0);
    }

    @Override
    public void close() {}
  }

  @Test
  void a_timed_cpu_stage_holds_the_device_in_quiet_timing_alone() throws IOException {
    for (boolean quiet : new boolean[] {true, false}) {
      JOURNAL.clearAll();
      Sketch sketch =
          new Sketch()
              .stage(StageKind.SPLIT, "split")
              .stage(StageKind.CLUSTERS, "clusters", "split")
              .stage(StageKind.PARTS, "parts", "clusters");
      ArtifactStore store = store();
      CountedDevice device = new CountedDevice();
      AtomicInteger during = new AtomicInteger();
      FakeWorkshop workshop =
          new FakeWorkshop(sketch, store).at("clusters", signals -> during.set(device.held.get()));
      TestProbe<Supervisor.Ended> end = KIT.createTestProbe();
      Workbench bench = workbench(sketch, workshop, store, quiet, device);
      ActorRef<Supervisor.Command> supervisor = KIT.spawn(Supervisor.create(bench, end.getRef()));
      end.expectMessageClass(Supervisor.Ended.class);
      KIT.stop(supervisor);

      assertEquals(List.of("split", "clusters", "parts"), workshop.performed);
      assertEquals(quiet ? 2 : 0, device.taken.get());
      assertEquals(quiet ? 1 : 0, during.get());
      assertEquals(0, device.held.get());
    }
  }

  @Test
  void what_another_run_left_meanwhile_is_recorded_as_adopted() throws IOException {
    Sketch sketch = new Sketch().stage(StageKind.SPLIT, "a");
    ArtifactStore store = store();
    FakeWorkshop workshop = new FakeWorkshop(sketch, store).adopting();

    run(sketch, workshop, store);

    Progress.Finished finished = Progress.of(events()).finishedStage(sketch.key("a")).orElseThrow();
    assertTrue(finished.adopted());
  }
}
