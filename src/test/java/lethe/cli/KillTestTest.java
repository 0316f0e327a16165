package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A part of {@code lethe doctor --kill-test}, on a grid of seconds. */
class KillTestTest {
  private static final String TURNS = "java.io.tmpdir"; // no test waits for a user's run
  private static final String SEED = "40991"; // short pieces; halts at a checkpoint's 15th time
  private static final String USERS_TURNS = System.getProperty(TURNS);

  @TempDir private static Path folder = Path.of("replaced");
  private static Path grid = Path.of("replaced");

  @BeforeAll
  static void undisturbed() throws IOException {
    System.setProperty(TURNS, Files.createDirectory(folder.resolve("turns")).toString());
    grid =
        Files.writeString(
            folder.resolve("small.conf"),
            """
            name = small
            datasets = [ { id = glyphs, train-per-class = 12, test-per-class = 12 } ]
            networks = [ { id = convnet, width = 4 } ]
            scenarios = [ uniform-10 ]
            methods = [ cf, ssd ]
            recipes = [ reduced ]
            seeds = [ 1 ]
            partition.embedder-width = 8
            condense.blend { clusters-per-class = 3, iterations = 20 }
            train { epochs = 40, warmup-epochs = 1 }
            unlearn.cf { epochs = 20, warmup-epochs = 1 }
            unlearn.ssd.batch = 8
            """);
  }

  @AfterAll
  static void leave() {
    System.setProperty(TURNS, USERS_TURNS);
  }

  private static Path run(String results, String... more) {
    Path place = folder.resolve(results);
    List<String> words =
        Stream.concat(
                Stream.of("run", grid.toString(), "--results", place.toString()), Stream.of(more))
            .toList();
    Door.Answer answer = Door.call(words.toArray(String[]::new));
    assertEquals(Exit.DONE, answer.exit(), answer.err());
    return place;
  }

  /** Six ends are four of SIGKILL, one of SIGTERM and one at a failpoint. */
  @Test
  @Timeout(300)
  void a_small_grid_that_is_ended_six_times_is_equal_to_the_last_bit() {
    Door.Answer answer =
        Door.call("doctor", "--kill-test", "6", "--grid", grid.toString(), "--seed", SEED);
    assertEquals(Exit.DONE, answer.exit(), answer.err());
    assertTrue(answer.out().contains("PASS: 6 ends in "), answer.out());
    assertTrue(answer.out().contains("In loops of the engine: "), answer.out());
    assertTrue(answer.out().contains("a SIGKILL: median"), answer.out());
    assertTrue(answer.out().contains("SIGTERM to the end: median"), answer.out());
  }

  @Test
  void one_byte_of_a_table_or_another_artifact_is_a_difference() throws Exception {
    Path calm = run("calm");
    KillTest.compare("small", calm, calm);

    Path other = run("other", "unlearn.cf.learning-rate=0.03");
    assertTrue(refusal(calm, other).startsWith("The scores differ"));
    Path scores = calm.resolve("small/scores.csv");
    Files.copy(
        scores,
        other.resolve("small/scores.csv"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertTrue(refusal(calm, other).startsWith("Artifacts differ"), "the tables agree");

    Path twin = run("twin");
    KillTest.compare("small", calm, twin);
    byte[] bytes = Files.readAllBytes(twin.resolve("small/scores.csv"));
    bytes[bytes.length - 3] ^= 1;
    Files.write(twin.resolve("small/scores.csv"), bytes);
    assertTrue(refusal(calm, twin).startsWith("The scores differ"));
  }

  @Test
  void a_stage_that_had_to_be_done_twice_is_a_difference() throws Exception {
    Path calm = run("calm-once");
    Path twice = run("twice");
    Path scores = artifactOfScores(twice);
    Files.writeString(scores, Files.readString(scores) + " ");
    run("twice"); // makes it again, equal to the last bit
    assertTrue(refusal(calm, twice).startsWith("A stage was lost"));
  }

  private static Path artifactOfScores(Path results) throws IOException {
    try (Stream<Path> all = Files.walk(results.resolve("store"))) {
      return all.filter(f -> f.getFileName().toString().startsWith("scores."))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  private static String refusal(Path calm, Path killed) {
    KillTest.Failure failure =
        assertThrows(KillTest.Failure.class, () -> KillTest.compare("small", calm, killed));
    return String.valueOf(failure.getMessage());
  }
}
