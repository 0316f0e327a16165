package lethe.walk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lethe.cli.Door;
import lethe.plan.StageKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From door to table with the real engine, on a grid of seconds. */
class WalkTest {
  @TempDir private static Path folder = Path.of("replaced");
  private static Path grid = Path.of("replaced");
  private static Path calm = Path.of("replaced");

  private static String text(String scenarios, String methods, String recipes) {
    return """
        name = walk
        datasets = [ { id = glyphs, train-per-class = 12, test-per-class = 12 } ]
        networks = [ { id = convnet, width = 4 } ]
        scenarios = %s
        methods = %s
        recipes = %s
        seeds = [ 3 ]
        partition.embedder-width = 8
        condense.blend { clusters-per-class = 3, iterations = 2 }
        train { epochs = 2, warmup-epochs = 1 }
        unlearn.retraining { epochs = 2, warmup-epochs = 1 }
        unlearn.cf { epochs = 2, warmup-epochs = 1 }
        """
        .formatted(scenarios, methods, recipes);
  }

  /**
   * Processes take turns on a device by a file below here: a test is not to wait for a user's run.
   */
  private static final String TURNS = "java.io.tmpdir";

  private static final String USERS_TURNS = System.getProperty(TURNS);

  @AfterAll
  static void leave() {
    System.setProperty(TURNS, USERS_TURNS);
  }

  @BeforeAll
  static void undisturbed() throws IOException {
    System.setProperty(TURNS, Files.createDirectory(folder.resolve("turns")).toString());
    grid =
        Files.writeString(
            folder.resolve("walk.conf"),
            text("[ random-class, uniform-10 ]", "[ retraining, cf, a-cf ]", "[ whole, reduced ]"));
    calm = folder.resolve("calm");
    assertDone(run(grid, calm, "cpu-threads=1"));
  }

  private static Door.Answer run(Path grid, Path results, String... more) {
    List<String> words =
        new ArrayList<>(List.of("run", grid.toString(), "--results", results.toString()));
    words.addAll(List.of(more));
    return Door.call(words.toArray(String[]::new));
  }

  private static void assertDone(Door.Answer answer) {
    assertEquals(0, answer.exit(), answer.err());
  }

  private static byte[] scores(Path results) throws IOException {
    return Files.readAllBytes(results.resolve("walk/scores.csv"));
  }

  private static void assertSameScores(Path results) throws IOException {
    assertArrayEquals(scores(calm), scores(results));
  }

  /** The folder of the first artifact of a kind. */
  private static Path artifact(Path results, StageKind kind) throws IOException {
    try (Stream<Path> all = Files.walk(results.resolve("store"))) {
      return all.filter(f -> f.getFileName().toString().equals("manifest.json"))
          .sorted()
          .filter(f -> says(f, "\"stage\" : \"" + kind.id() + "\""))
          .findFirst()
          .map(Path::getParent)
          .orElseThrow();
    }
  }

  private static boolean says(Path file, String words) {
    try {
      return Files.readString(file).contains(words);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void a_grid_becomes_sheets_and_a_table() throws IOException {
    for (String file :
        List.of(
            "experiment.conf",
            "provenance.json",
            "journal.db",
            "events.jsonl",
            "scores.csv",
            "timings.csv",
            "table.md",
            "claims.md",
            "claims.csv",
            "lethe.log")) {
      assertTrue(Files.size(calm.resolve("walk").resolve(file)) > 0, file);
    }
    String table = Files.readString(calm.resolve("walk/table.md"));
    assertTrue(table.contains("| Retraining"), table);
    assertTrue(table.contains("reduced: MIA"), table);
    Door.Answer status = Door.call("status", grid.toString(), "--results", calm.toString());
    assertTrue(status.out().contains("14 of 14 cells finished"), status.out());
    assertTrue(status.out().contains("all done"), status.out());
    Door.Answer claims = Door.call("claims", grid.toString(), "--results", calm.toString());
    assertTrue(claims.out().contains("`time(cf) / time(a-cf)`"), claims.out());
    assertTrue(claims.out().contains("none holds"), claims.out());
    assertTrue(claims.out().contains("35 times smaller than ResNet-18"), claims.out());
    assertEquals(Files.readString(calm.resolve("walk/claims.md")), claims.out());
  }

  @Test
  void every_row_but_retraining_has_its_distances_to_it() throws IOException {
    List<String> distances =
        Files.readAllLines(calm.resolve("walk/scores.csv")).stream()
            .filter(l -> l.contains(",activation-distance,"))
            .toList();
    assertEquals(14 - 2, distances.size()); // Retraining on the whole retain set in two scenarios
    assertTrue(distances.stream().noneMatch(l -> l.contains(",retraining,whole,")));
    assertTrue(distances.stream().noneMatch(l -> l.contains(",0.000000,")), "no row is Retraining");
  }

  @Test
  void the_second_call_only_looks() {
    Door.Answer again = run(grid, calm);
    assertDone(again);
    assertTrue(again.out().contains("stages are done and their artifacts sound"), again.out());
  }

  @Test
  void axes_and_threads_in_another_order_give_the_same_scores() throws IOException {
    Path reversed =
        Files.writeString(
            folder.resolve("reversed.conf"),
            text("[ uniform-10, random-class ]", "[ a-cf, cf, retraining ]", "[ reduced, whole ]"));
    Path results = folder.resolve("reversed");
    assertDone(run(reversed, results, "cpu-threads=4"));
    assertSameScores(results);
  }

  @Test
  void what_was_stopped_and_killed_goes_on_to_the_same_scores()
      throws IOException, InterruptedException {
    Path results = folder.resolve("killed");
    Process stopped = start(results, "start  features");
    stopped.destroy(); // SIGTERM
    assertTrue(stopped.waitFor(10, TimeUnit.SECONDS), "a stop takes less than 10 s");
    assertEquals(3, stopped.exitValue());
    for (String moment :
        List.of("start  prototypes", "start  original", "start  unlearned", "finish scores")) {
      Process killed = start(results, moment);
      killed.destroyForcibly().waitFor();
    }
    assertDone(run(grid, results));
    assertSameScores(results);
    List<String> finished =
        Files.readAllLines(results.resolve("walk/events.jsonl")).stream()
            .filter(l -> l.contains("\"StageFinished\""))
            .map(l -> l.replaceAll(".*\"key\":\"([0-9a-f]+)\".*", "$1"))
            .toList();
    assertEquals(finished.stream().distinct().count(), finished.size(), "finished once each");
  }

  /** Starts a run of its own and returns when its log says {@code words}. */
  private static Process start(Path results, String words) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-D" + TURNS + "=" + folder.resolve("turns"),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "lethe.cli.Lethe",
                "run",
                grid.toString(),
                "--results",
                results.toString())
            .redirectErrorStream(true)
            .start();
    BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
    List<String> heard = new ArrayList<>();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      heard.add(line);
      if (line.contains(words)) {
        return process;
      }
    }
    throw new AssertionError("never said \"" + words + "\", but: " + String.join("\n", heard));
  }

  @Test
  void a_deleted_and_an_altered_artifact_are_made_again() throws IOException {
    Path results = folder.resolve("harmed");
    assertDone(run(grid, results));
    delete(artifact(results, StageKind.SCORES));
    Path weights = artifact(results, StageKind.UNLEARNED).resolve("weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    Door.Answer mended = run(grid, results);
    assertDone(mended);
    assertTrue(Files.exists(artifact(results, StageKind.SCORES)));
    assertSameScores(results);
    assertTrue(says(results.resolve("walk/events.jsonl"), "ArtifactLost"), "and said so");
  }

  @Test
  void a_damaged_journal_is_moved_aside_and_loses_nothing() throws IOException {
    Path results = folder.resolve("damaged");
    assertDone(run(grid, results));
    Path journal = results.resolve("walk/journal.db");
    byte[] bytes = Files.readAllBytes(journal);
    Files.write(journal, java.util.Arrays.copyOf(bytes, bytes.length / 3));
    Door.Answer status = Door.call("status", grid.toString(), "--results", results.toString());
    assertEquals(0, status.exit(), status.err());
    assertTrue(status.err().contains("is damaged"), status.err());
    Door.Answer mended = run(grid, results);
    assertDone(mended);
    assertTrue(mended.err().contains("is kept in"), mended.err());
    assertSameScores(results);
  }
}
