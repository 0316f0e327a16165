package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lethe.ledger.ArtifactStore;
import lethe.ledger.Draft;
import lethe.ledger.Event;
import lethe.ledger.Specimen;
import lethe.ledger.StoreUse;
import lethe.plan.Environment;
import lethe.plan.Plan;
import lethe.plan.Stage;
import lethe.plan.StageKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code lethe gc} finds, by what experiments refer to. */
class GcTest {
  private static final String GRID =
      """
      name = %s
      datasets = [ { id = glyphs, train-per-class = 20, test-per-class = 20 } ]
      networks = [ { id = convnet, width = 8 } ]
      scenarios = [ random-class ]
      methods = [ %s ]
      recipes = [ whole ]
      seeds = [ 1 ]
      """;

  private static final Environment ENVIRONMENT =
      new Environment(
          "engine", "cpu", "fp32", 2, 0, 0, new TreeMap<>(), new TreeMap<>(Map.of("glyphs", "d")));

  @TempDir private Path folder = Path.of("replaced");
  private Path results = Path.of("replaced");
  private Path store = Path.of("replaced");

  @BeforeEach
  void places() {
    results = folder.resolve("results");
    store = results.resolve("store");
  }

  private Plan plan(String name, String methods) throws IOException {
    Path file = Files.writeString(folder.resolve(name + ".conf"), GRID.formatted(name, methods));
    Experiment experiment = Experiment.read(file, List.of(), Optional.of(results));
    return Plan.of(experiment.grid(), ENVIRONMENT, experiment.repertoire());
  }

  /** An experiment's folder after a run of everything, with a small artifact for each stage. */
  private Plan ran(String name, String methods) throws IOException, SQLException {
    Plan plan = plan(name, methods);
    Path home = Files.createDirectories(results.resolve(name));
    Files.copy(folder.resolve(name + ".conf"), home.resolve("experiment.conf"));
    ArtifactStore open = ArtifactStore.open(store);
    List<Event> events = new ArrayList<>();
    events.add(new Event.GridPlanned(name, plan.digest(), ENVIRONMENT, 1, plan.stages().size(), 1));
    for (Stage stage : plan.stages().values()) {
      try (Draft draft = open.draft(stage.key(), stage)) {
        Files.writeString(draft.file("x.txt"), "x");
        draft.keep(new TreeMap<>(), List.of(), new TreeMap<>());
      }
      events.add(
          new Event.StageFinished(
              stage.key().hex(), stage.kind().id(), "d", Map.of(), List.of(), false, 2));
    }
    Specimen.journal(home, name, events).close();
    return plan;
  }

  private void resolved(String name, String methods) throws IOException {
    Files.writeString(results.resolve(name + "/experiment.conf"), GRID.formatted(name, methods));
  }

  private Door.Answer gc(String... more) {
    List<String> words = new ArrayList<>(List.of("gc", "--results", results.toString()));
    words.addAll(List.of(more));
    return Door.call(words.toArray(String[]::new));
  }

  private long there(Plan plan) {
    ArtifactStore view = ArtifactStore.view(store);
    return plan.stages().keySet().stream().filter(view::exists).count();
  }

  private static void assertSentence(int exit, String part, Door.Answer answer) {
    assertEquals(exit, answer.exit(), answer.err());
    assertTrue(answer.err().contains(part), answer.err());
    assertEquals(1, answer.err().lines().count(), answer.err());
  }

  @Test
  void a_grid_that_shrank_leaves_artifacts_that_only_delete_deletes()
      throws IOException, SQLException {
    Plan before = ran("one", "retraining, cf");
    Plan other = ran("two", "cf, a-cf");
    Plan after = plan("one", "cf");
    resolved("one", "cf");
    Door.Answer dry = gc();
    assertEquals(Exit.DONE, dry.exit(), dry.err());
    // retraining's weights, logits and scores, and cf's distances from it
    assertTrue(dry.out().contains("artifacts nobody refers to"), dry.out());
    assertTrue(dry.out().contains("2 experiments of " + results), dry.out());
    assertTrue(dry.out().contains("Nothing was deleted; add --delete."), dry.out());
    assertEquals(before.stages().size(), there(before));
    Door.Answer done = gc("--delete");
    assertEquals(Exit.DONE, done.exit(), done.err());
    assertTrue(done.out().contains("Deleted."), done.out());
    assertEquals(after.stages().size(), there(after));
    assertEquals(other.stages().size(), there(other));
    assertTrue(there(before) < before.stages().size());
    List<StageKey> shared = new ArrayList<>(before.stages().keySet());
    shared.retainAll(after.stages().keySet());
    assertEquals(shared.size(), there(before));
  }

  @Test
  void an_experiment_that_is_gone_refers_to_nothing() throws IOException, SQLException {
    Plan plan = ran("one", "cf");
    ArtifactStore.delete(results.resolve("one"));
    assertEquals(Exit.DONE, gc("--delete").exit());
    assertEquals(0, there(plan));
  }

  @Test
  void where_the_plan_cannot_be_read_the_journal_counts() throws IOException, SQLException {
    Plan plan = ran("one", "retraining, cf");
    Files.delete(results.resolve("one/experiment.conf"));
    Door.Answer none = gc("--delete");
    assertSentence(Exit.DONE, "it has no experiment.conf", none);
    assertEquals(plan.stages().size(), there(plan));
    resolved("one", "cff");
    assertSentence(Exit.DONE, "cff", gc("--delete"));
    assertEquals(plan.stages().size(), there(plan));
    Files.writeString(results.resolve("one/experiment.conf"), GRID.formatted("two", "cf"));
    assertSentence(Exit.DONE, "that of \"two\", its journal that of \"one\"", gc("--delete"));
    assertEquals(plan.stages().size(), there(plan));
  }

  @Test
  void a_journal_that_cannot_be_read_stops_it() throws IOException, SQLException {
    Plan plan = ran("one", "cf");
    Files.writeString(results.resolve("one/journal.db"), "no database at all, but some bytes");
    assertSentence(Exit.ENVIRONMENT, "nothing of the store may go", gc("--delete"));
    assertEquals(plan.stages().size(), there(plan));
    Files.delete(results.resolve("one/journal.db"));
    resolved("one", "cff");
    assertSentence(Exit.ENVIRONMENT, "it has no journal", gc("--delete"));
    assertEquals(plan.stages().size(), there(plan));
  }

  @Test
  void while_a_run_uses_the_store_nothing_is_deleted()
      throws IOException, SQLException, StoreUse.Refusal {
    Plan plan = ran("one", "cf");
    ArtifactStore.delete(results.resolve("one"));
    Path other = Files.createDirectories(folder.resolve("elsewhere/other"));
    try (StoreUse use = StoreUse.by(other, store)) {
      assertNotNull(use);
      assertSentence(Exit.ENVIRONMENT, "A run is at work with the store", gc("--delete"));
      assertEquals(Exit.DONE, gc().exit(), "looking is allowed");
      assertEquals(plan.stages().size(), there(plan));
    }
    assertEquals(Exit.DONE, gc("--delete").exit());
    assertEquals(0, there(plan));
  }

  @Test
  void who_ran_with_the_store_counts_wherever_it_is()
      throws IOException, SQLException, StoreUse.Refusal {
    Plan mine = ran("one", "cf");
    Path elsewhere = Files.createDirectories(folder.resolve("else"));
    Path moved = Files.move(results.resolve("one"), elsewhere.resolve("one"));
    StoreUse.by(moved, store).close();
    Files.createDirectories(folder.resolve("gone"));
    StoreUse.by(Files.createDirectory(folder.resolve("gone/two")), store).close();
    ArtifactStore.delete(folder.resolve("gone/two")); // refers to nothing any more
    Door.Answer counted = gc("--delete");
    assertEquals(Exit.DONE, counted.exit(), counted.err());
    assertTrue(counted.out().contains("1 experiments of " + elsewhere), counted.out());
    assertEquals(mine.stages().size(), there(mine));

    Files.move(elsewhere, folder.resolve("unmounted"));
    assertSentence(Exit.ENVIRONMENT, "cannot be looked at from here", gc("--delete"));
    Files.createDirectories(elsewhere);
    assertEquals(Exit.DONE, gc("--delete").exit(), "its results folder stands, and it is gone");
    assertEquals(0, there(mine));
  }

  @Test
  void what_earlier_plans_of_another_environment_left_stays() throws IOException, SQLException {
    Plan plan = ran("one", "cf");
    Environment card =
        new Environment(
            "engine",
            "cuda-8.6",
            "fp32",
            2,
            0,
            0,
            new TreeMap<>(),
            new TreeMap<>(Map.of("glyphs", "d")));
    List<Event> events = new ArrayList<>();
    for (Environment environment : List.of(ENVIRONMENT, card)) {
      events.add(new Event.GridPlanned("one", "digest", environment, 1, plan.stages().size(), 1));
    }
    Files.delete(results.resolve("one/journal.db"));
    Specimen.journal(results.resolve("one"), "one", events).close();
    assertEquals(Exit.DONE, gc("--delete").exit());
    assertEquals(plan.stages().size(), there(plan));
  }

  @Test
  void a_store_older_than_its_list_of_users_wants_every_results_folder_named()
      throws IOException, SQLException {
    Plan mine = ran("one", "cf");
    Path shared = Files.move(store, folder.resolve("shared"));
    store = shared;
    Path theirs = Files.createDirectories(folder.resolve("theirs"));
    Files.delete(shared.resolve("users/all"));
    assertSentence(
        Exit.USAGE,
        "name every results folder",
        Door.call("gc", "results.dir=" + theirs, "store=" + shared, "--delete"));
    Door.Answer both = gc("--results", theirs.toString(), "store=" + shared, "--delete");
    assertEquals(Exit.DONE, both.exit(), both.err());
    assertEquals(mine.stages().size(), there(mine));
  }

  @Test
  void wrong_words_are_refused() throws IOException, SQLException {
    ran("one", "cf");
    Path theirs = Files.createDirectories(folder.resolve("theirs"));
    assertSentence(
        Exit.USAGE, "stores of their own", gc("--results", theirs.toString(), "--delete"));
    assertSentence(
        Exit.USAGE, "There is no results folder", gc("--results", folder.resolve("no").toString()));
    assertSentence(Exit.USAGE, "is nothing gc takes", gc("experiments/quickstart.conf"));
    assertSentence(Exit.USAGE, "--results is empty", Door.call("gc", "--results", ""));
  }

  @Test
  void looking_writes_nothing() throws IOException {
    Files.createDirectories(results);
    Door.Answer answer = gc();
    assertEquals(Exit.DONE, answer.exit(), answer.err());
    assertTrue(answer.out().contains("0 experiments refer to 0 artifacts"), answer.out());
    assertFalse(Files.exists(store));
  }
}
