package lethe.run;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import lethe.ledger.ArtifactStore;
import lethe.ledger.Draft;
import lethe.ledger.Manifest;
import lethe.net.Signals;
import lethe.plan.Stage;
import lethe.plan.StageKey;

/** Leaves small files in place of results, and does what a test tells it to for some stages. */
final class FakeWorkshop implements Workshop {
  /** What to do before a stage leaves its file. */
  interface Act {
    void run(Signals signals) throws Exception;
  }

  private final Sketch sketch;
  private final ArtifactStore store;
  private final Map<String, Act> acts = new ConcurrentHashMap<>();
  final List<String> performed = new CopyOnWriteArrayList<>();
  final List<Thread> engineThreads = new CopyOnWriteArrayList<>();
  volatile boolean closed;
  volatile int relieved;
  private volatile boolean adopting;

  FakeWorkshop(Sketch sketch, ArtifactStore store) {
    this.sketch = sketch;
    this.store = store;
  }

  /** Says of every stage that another run did it. */
  FakeWorkshop adopting() {
    adopting = true;
    return this;
  }

  FakeWorkshop at(String name, Act act) {
    acts.put(name, act);
    return this;
  }

  @Override
  public void openEngine() {
    engineThreads.add(Thread.currentThread());
    Act act = acts.get("engine");
    if (act != null) {
      try {
        act.run(Signals.NONE);
      } catch (Exception e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }
  }

  @Override
  public Done perform(StageKey key, Signals signals) throws Exception {
    Stage stage = sketch.stage(key);
    String name = sketch.name(key);
    if (stage.kind().engine()) {
      engineThreads.add(Thread.currentThread());
    }
    performed.add(name);
    Act act = acts.get(name);
    if (act != null) {
      act.run(signals);
    }
    for (StageKey input : stage.inputs().values()) {
      Files.readString(store.file(input, "result.txt"));
    }
    Manifest manifest = leave(key);
    return new Done(manifest.digest(), manifest.seconds(), manifest.flags(), adopting);
  }

  /** Puts the artifact of a stage in place. */
  Manifest leave(StageKey key) throws Exception {
    try (Draft draft = store.draft(key, sketch.stage(key))) {
      Files.writeString(draft.file("result.txt"), "result of " + sketch.name(key));
      return draft.keep(new TreeMap<>(Map.of("work", 0.5)), List.of(), new TreeMap<>());
    }
  }

  @Override
  public void relieve() {
    relieved++;
  }

  @Override
  public void close() {
    engineThreads.add(Thread.currentThread());
    closed = true;
  }
}
