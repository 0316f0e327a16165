package lethe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import lethe.ledger.ArtifactStore;
import lethe.ledger.Manifest;
import lethe.net.EngineSettings;
import lethe.net.Signals;
import lethe.plan.Plan;
import lethe.plan.Scenario;
import lethe.plan.Settings;
import lethe.plan.Spec;
import lethe.plan.Stage;
import lethe.plan.StageKind;
import lethe.plan.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomsTest {
  private static final Spec GLYPHS =
      new Spec(
          "glyphs",
          Settings.of(Map.of("train-per-class", "4", "test-per-class", "4")),
          new TreeMap<>());
  private static final Stage SPLIT =
      new Stage(
          StageKind.SPLIT,
          Subject.of(GLYPHS, 1).in(new Scenario.Uniform(new BigDecimal(25)), 0),
          Settings.of(Map.of("unseen-fraction", "0.5")),
          new TreeMap<>(),
          new TreeMap<>(Map.of("seed", "1")));

  private final Path folder;
  private final ArtifactStore store;

  RoomsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    store = ArtifactStore.open(folder.resolve("store"));
  }

  private Workshop.Done split() throws Exception {
    Materials materials = new Materials(store, folder, new EngineSettings("cpu", 1), 1);
    Plan plan = new Plan(List.of(), Map.of(SPLIT.key(), SPLIT), Map.of(), Map.of());
    try (Workshop rooms = new Rooms(plan, store, materials, new TreeMap<>(), 60)) {
      return rooms.perform(SPLIT.key(), Signals.NONE);
    }
  }

  private Manifest manifest() {
    return store.whole(SPLIT.key()).orElseThrow();
  }

  @Test
  void keeping_an_artifact_is_timed_for_the_journal_alone() throws Exception {
    Workshop.Done done = split();
    assertFalse(done.adopted());
    assertEquals(
        Set.of(Spans.SPLIT, Spans.OVERHEAD, Spans.OTHERS, Spans.CHECKPOINT),
        Set.copyOf(done.seconds().keySet()));
    assertEquals(Set.of(Spans.SPLIT, Spans.OVERHEAD, Spans.OTHERS), manifest().seconds().keySet());
  }

  @Test
  void what_another_run_left_meanwhile_is_adopted_and_not_done_again() throws Exception {
    split();
    Manifest first = manifest();

    Workshop.Done again = split();

    assertTrue(again.adopted());
    assertEquals(first.digest(), again.digest());
    assertEquals(first.seconds(), again.seconds());
  }
}
