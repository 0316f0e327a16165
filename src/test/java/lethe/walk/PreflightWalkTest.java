package lethe.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import lethe.cli.Door;
import lethe.plan.Plan;
import lethe.plan.Stage;
import lethe.plan.StageKind;
import lethe.run.Workshop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes before a grid, and what takes its place where memory ends. */
class PreflightWalkTest {
  private static final String TURNS = "java.io.tmpdir"; // no test waits for a user's run
  private static final String USERS_TURNS = System.getProperty(TURNS);

  @TempDir private Path folder = Path.of("replaced");
  private final List<String> begun = Broken.none();

  @BeforeEach
  void write() throws IOException {
    System.setProperty(TURNS, Files.createDirectory(folder.resolve("turns")).toString());
    Files.writeString(
        folder.resolve("x.conf"),
        """
        name = x
        datasets = [ { id = glyphs, train-per-class = 40, test-per-class = 60 } ]
        networks = [ { id = convnet, width = 4 } ]
        scenarios = [ uniform-10 ]
        methods = [ cf, a-cf, scrub ]
        recipes = [ whole, reduced ]
        seeds = [ 1, 2 ]
        partition.embedder-width = 4
        condense.blend { clusters-per-class = 10, iterations = 3 }
        train { epochs = 3, warmup-epochs = 1 }
        unlearn.cf { epochs = 3, warmup-epochs = 1 }
        unlearn.scrub { epochs = 3, warmup-epochs = 1, m-steps = 1 }
        """);
  }

  @AfterEach
  void leave() {
    System.setProperty(TURNS, USERS_TURNS);
  }

  private Door.Answer run(Function<Stage, Optional<Exception>> fault, String... more) {
    BiFunction<Plan, Workshop, Workshop> workshop =
        (plan, real) -> new Broken(plan, real, fault, begun);
    List<String> words =
        new ArrayList<>(
            List.of(
                "run",
                folder.resolve("x.conf").toString(),
                "--results",
                folder.resolve("results").toString()));
    words.addAll(List.of(more));
    return Door.call(workshop, words.toArray(String[]::new));
  }

  private static Optional<Exception> sound(Stage stage) {
    return Optional.empty();
  }

  private Path results() {
    return folder.resolve("results/x");
  }

  private long unlearnings() {
    return begun.stream().filter(name -> name.startsWith("unlearned")).count();
  }

  @Test
  void what_fails_in_a_rehearsal_fails_before_anything_is_begun() {
    Door.Answer answer =
        run(
            stage ->
                Broken.name(stage).contains("/reduced/blend(clusters-per-class=8)/scrub/")
                    ? Optional.of(new IllegalStateException("the moon is full"))
                    : Optional.empty(),
            "preflight=on");
    assertEquals(1, answer.exit(), answer.err());
    assertTrue(
        answer
            .err()
            .startsWith(
                "lethe: In the rehearsal, unlearned"
                    + " glyphs/convnet/uniform-10/reduced/blend(clusters-per-class=8)/scrub/seed-1"
                    + " failed: IllegalStateException: the moon is full\n"),
        answer.err());
    assertFalse(Files.exists(results().resolve("journal.db")), "the grid's own journal");
    assertFalse(Files.exists(results().resolve("rehearsal")), "the rehearsal's folder");
  }

  @Test
  void each_arm_is_rehearsed_once_in_two_pieces_and_never_again() {
    assertEquals(0, run(PreflightWalkTest::sound, "preflight=on", "seeds=[1]").exit());
    // 3 methods x 2 recipes: begun and gone on with in the rehearsal, then done
    assertEquals(18, unlearnings());
    begun.clear();
    assertEquals(0, run(PreflightWalkTest::sound, "preflight=on").exit());
    assertEquals(6, unlearnings(), "those of the second seed, and no rehearsal");
  }

  @Test
  void a_short_grid_is_not_rehearsed_unless_asked() {
    assertEquals(0, run(PreflightWalkTest::sound, "methods=[cf]", "recipes=[whole]").exit());
    assertEquals(2, unlearnings());
  }

  /** CF on the whole retain set finds no memory for more than 32 images at once. */
  private static Optional<Exception> narrow(Stage stage) {
    boolean lacks =
        stage.kind() == StageKind.UNLEARNED
            && Broken.name(stage).contains("/whole/cf/")
            && (stage.microBatch() == 0 || stage.microBatch() > 32);
    return lacks ? Optional.of(new IOException(Broken.FULL)) : Optional.empty();
  }

  @Test
  void where_memory_ends_a_family_is_done_in_smaller_passes_and_flagged() throws IOException {
    String[] words = {"methods=[cf]", "on-out-of-memory=smaller-passes"};
    Door.Answer answer = run(PreflightWalkTest::narrow, words);
    assertEquals(0, answer.exit(), answer.err());
    List<String> rows = Files.readAllLines(results().resolve("scores.csv"));
    for (String row : rows.subList(1, rows.size())) {
      assertEquals(row.contains(",cf,whole,"), row.contains("smaller-passes"), row);
    }
    begun.clear();
    Door.Answer again = run(PreflightWalkTest::narrow, words);
    assertTrue(again.out().startsWith("All "), again.out());
    assertEquals(List.of(), begun, "the passes stay as they were found");
  }

  @Test
  void without_leave_it_fails_and_nothing_else_does() {
    Door.Answer answer = run(PreflightWalkTest::narrow, "methods=[cf]");
    assertEquals(1, answer.exit(), answer.err());
    assertEquals(
        2, answer.err().lines().filter(l -> l.contains("ran out of memory")).count(), "two seeds");
  }
}
