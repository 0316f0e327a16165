package lethe.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lethe.cli.Door;
import lethe.plan.Plan;
import lethe.plan.Stage;
import lethe.run.Workshop;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A grid on the real engine of which three cells fail, each in its own way. */
class FaultsWalkTest {
  private static final String TURNS = "java.io.tmpdir"; // no test waits for a user's run
  private static final String USERS_TURNS = System.getProperty(TURNS);

  private static final String THROWS = "unlearned glyphs/convnet/random-class/whole/scrub/seed-1";
  private static final String DIVERGES = "unlearned glyphs/convnet/uniform-10/whole/cf/seed-1";
  private static final String LACKS =
      "unlearned glyphs/convnet/uniform-10/whole/neg-grad-plus/seed-1";

  @TempDir private static Path folder = Path.of("replaced");
  private static Path grid = Path.of("replaced");
  private static final List<String> BEGUN = Broken.none();
  private static List<String> first = List.of();
  private static Door.Answer broken = new Door.Answer(0, "", "");

  /** As the engine's own exception, which this room does not see. */
  private static final class EngineSays extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EngineSays(String message) {
      super(message);
    }
  }

  /** A mistake in one stage, and no memory for another. */
  private static Workshop breaking(Plan plan, Workshop real) {
    return new Broken(plan, real, FaultsWalkTest::fault, BEGUN);
  }

  private static Optional<Exception> fault(Stage stage) {
    return switch (Broken.name(stage)) {
      case THROWS -> Optional.of(new IllegalStateException("the moon is full"));
      case LACKS -> Optional.of(new EngineSays(Broken.FULL));
      default -> Optional.empty();
    };
  }

  @BeforeAll
  static void run() throws IOException {
    System.setProperty(TURNS, Files.createDirectory(folder.resolve("turns")).toString());
    grid =
        Files.writeString(
            folder.resolve("faults.conf"),
            """
            name = faults
            datasets = [ { id = glyphs, train-per-class = 12, test-per-class = 12 } ]
            networks = [ { id = convnet, width = 4 } ]
            scenarios = [ random-class, uniform-10 ]
            methods = [ cf, scrub, neg-grad-plus ]
            recipes = [ whole ]
            seeds = [ 1 ]
            train { epochs = 2, warmup-epochs = 1 }
            unlearn.cf { epochs = 20, warmup-epochs = 1 }
            unlearn.scrub { epochs = 2, warmup-epochs = 1 }
            unlearn.neg-grad-plus.epochs = 1
            # Each step makes the weights 9 times larger, the other way round: they overflow.
            overrides = [ {
              when { scenario = uniform-10 }
              set { unlearn.cf { learning-rate = 10, weight-decay = 1, momentum = 0 } }
            } ]
            """);
    broken = Door.call(FaultsWalkTest::breaking, words().toArray(String[]::new));
    first = List.copyOf(BEGUN);
  }

  @AfterAll
  static void leave() {
    System.setProperty(TURNS, USERS_TURNS);
  }

  private static List<String> words(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("run", grid.toString(), "--results", folder.resolve("results").toString()));
    words.addAll(List.of(more));
    return words;
  }

  /** The line that follows the one about a stage. */
  private static String repro(Door.Answer answer, String stage) {
    List<String> lines = answer.err().lines().toList();
    for (int i = 0; i + 1 < lines.size(); i++) {
      if (lines.get(i).startsWith("lethe: " + stage + " (")) {
        return lines.get(i + 1).strip();
      }
    }
    throw new AssertionError("nothing about " + stage + " in " + answer.err());
  }

  private static Door.Answer alone(String stage, String... more) {
    String line = repro(broken, stage);
    assertTrue(line.matches("it alone: (\\./)?lethe run .* --only [^ ]+"), line);
    List<String> words =
        new ArrayList<>(List.of(line.substring(line.indexOf("lethe run ")).split(" ")));
    words.remove(0);
    words.addAll(List.of(more));
    return Door.call(words.toArray(String[]::new));
  }

  private static long done() throws IOException {
    return Files.readAllLines(folder.resolve("results/faults/scores.csv")).stream()
        .filter(l -> l.contains(",forget-accuracy,"))
        .count();
  }

  @Test
  void each_is_named_with_its_verb_all_others_finish_and_each_goes_alone() throws IOException {
    assertEquals(1, broken.exit(), broken.err());
    assertEquals(3, broken.err().lines().filter(l -> l.contains("it alone: ")).count());
    assertSaid(THROWS, "failed: IllegalStateException: the moon is full");
    assertSaid(DIVERGES, "diverged: ");
    assertSaid(LACKS, "ran out of memory: [enforce fail at alloc_cpu.cpp");
    assertEquals(Map.of(THROWS, 1, DIVERGES, 1, LACKS, 3), attempts());
    assertEquals(8 - 3, done(), "2 scenarios x (original + 3 methods)");
    assertFalse(broken.err().contains("\tat "), "no stack trace");

    assertEquals(0, alone(THROWS).exit(), "what broke is mended");
    assertEquals(0, alone(LACKS).exit());
    assertEquals(8 - 1, done());
    Door.Answer again = alone(DIVERGES);
    assertEquals(1, again.exit(), "what diverges does so again");
    assertEquals(repro(broken, DIVERGES), repro(again, DIVERGES), "and names the same command");
    assertEquals(0, alone(DIVERGES, "overrides=[]").exit(), "unless its settings change");

    Door.Answer whole = Door.call(words("overrides=[]").toArray(String[]::new));
    assertEquals(0, whole.exit(), whole.err());
    assertEquals(8, done());
  }

  @Test
  void a_part_of_the_grid_given_in_one_word_is_not_asked_for_twice() {
    List<String> words = words("--only=method=scrub", "store=" + folder.resolve("another"));
    Door.Answer part = Door.call(FaultsWalkTest::breaking, words.toArray(String[]::new));
    assertEquals(1, part.exit(), part.err());
    String line = repro(part, THROWS);
    assertEquals(2, line.split("--only", -1).length, line);
    assertTrue(line.endsWith(",method=scrub,seed=1"), line);
  }

  private static Map<String, Integer> attempts() {
    Map<String, Integer> attempts = new TreeMap<>();
    first.stream()
        .filter(List.of(THROWS, DIVERGES, LACKS)::contains)
        .forEach(name -> attempts.merge(name, 1, Integer::sum));
    return attempts;
  }

  private static void assertSaid(String stage, String what) {
    assertTrue(
        broken
            .err()
            .lines()
            .anyMatch(l -> l.startsWith("lethe: " + stage + " (") && l.contains(") " + what)),
        broken.err());
  }
}
