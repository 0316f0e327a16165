package lethe.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lethe.cli.Door;
import lethe.plan.RetainRecipe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From door to table with the real engine: recipes, rounds and scenarios, on grids of seconds. */
class AxesWalkTest {
  @TempDir private static Path folder = Path.of("replaced");

  /**
   * Processes take turns on a device by a file below here: a test is not to wait for a user's run.
   */
  private static final String TURNS = "java.io.tmpdir";

  private static final String USERS_TURNS = System.getProperty(TURNS);

  @BeforeAll
  static void undisturbed() throws IOException {
    System.setProperty(TURNS, Files.createDirectory(folder.resolve("turns")).toString());
  }

  @AfterAll
  static void leave() {
    System.setProperty(TURNS, USERS_TURNS);
  }

  /** Runs a grid of one seed and returns the lines of its scores. */
  private static List<String> scores(String name, String axes) throws IOException {
    Path grid =
        Files.writeString(
            folder.resolve(name + ".conf"),
            """
            name = %s
            datasets = [ { id = glyphs, train-per-class = 12, test-per-class = 12 } ]
            networks = [ { id = convnet, width = 4 } ]
            seeds = [ 3 ]
            train { epochs = 2, warmup-epochs = 1 }
            %s
            """
                .formatted(name, axes));
    Door.Answer answer =
        Door.call("run", grid.toString(), "--results", folder.resolve("results").toString());
    assertEquals(0, answer.exit(), answer.err());
    return Files.readAllLines(folder.resolve("results").resolve(name).resolve("scores.csv"));
  }

  private static String table(String name) throws IOException {
    return Files.readString(folder.resolve("results").resolve(name).resolve("table.md"));
  }

  /** The cells, without seed, that have {@code metric}. */
  private static List<String> with(List<String> scores, String metric, int... columns) {
    return scores.stream()
        .map(line -> line.split(",", -1))
        .filter(row -> row[10].equals(metric))
        .map(row -> Arrays.stream(columns).mapToObj(c -> row[c]).collect(Collectors.joining(" ")))
        .toList();
  }

  @Test
  void every_recipe_comes_to_its_scores() throws IOException {
    Files.writeString(folder.resolve("mine.txt"), "0\n1\n2\n3\n4\n5\n6\n7\n8\n19\n");
    List<String> scores =
        scores(
            "recipes",
            """
            scenarios = [ uniform-10, { id = file-mine, path = "mine.txt" } ]
            methods = [ cf ]
            recipes = [ whole, free, residual, condensed-whole, condensed-free, condensed-residual,
                        reduced ]
            partition.embedder-width = 8
            condense.blend { clusters-per-class = 3, iterations = 2 }
            unlearn.cf { epochs = 2, warmup-epochs = 1 }
            """);
    Set<String> ids =
        Arrays.stream(RetainRecipe.values()).map(RetainRecipe::id).collect(Collectors.toSet());
    for (String metric :
        List.of("retain-accuracy", "free-retain-accuracy", "residual-retain-accuracy")) {
      List<String> cells = with(scores, metric, 4, 5);
      assertEquals(2 * 8, cells.size(), metric); // seven recipes and the original weights
      assertEquals(
          ids,
          cells.stream()
              .filter(c -> c.startsWith("cf "))
              .map(c -> c.substring(3))
              .collect(Collectors.toSet()));
    }
    String table = table("recipes");
    assertTrue(table.contains("| CF       | condensed-residual |"), table);
    assertTrue(table.contains("residual retain"), table);
    assertTrue(table.contains("file-mine"), table);
  }

  @Test
  void two_rounds_go_on_from_each_other() throws IOException {
    List<String> scores =
        scores(
            "rounds",
            """
            scenarios = [ random-class, uniform-10 ]
            rounds = 2
            methods = [ cf, a-cf ]
            recipes = [ whole, reduced ]
            partition.embedder-width = 8
            condense.blend { clusters-per-class = 3, iterations = 2 }
            unlearn.cf { epochs = 2, warmup-epochs = 1 }
            """);
    // 2 scenarios x (2 methods x 2 recipes and the original weights), of the second round alone
    List<String> later = with(scores, "all-forgotten-accuracy", 3);
    assertEquals(10, later.size());
    assertEquals(Set.of("1"), Set.copyOf(later));
    assertEquals(20, with(scores, "forget-accuracy", 3).size());
    String table = table("rounds");
    assertTrue(table.contains("uniform-10 · round 2"), table);
    assertTrue(table.contains("all rounds, s"), table);
  }

  @Test
  void nothing_forgotten_condenses_everything() throws IOException {
    List<String> scores =
        scores(
            "condensation",
            """
            scenarios = [ none ]
            methods = [ retraining ]
            recipes = [ reduced ]
            condensers = [ { id = blend, clusters-per-class = 2 },
                           { id = blend, clusters-per-class = 3, iterations = 1 } ]
            partition.embedder-width = 8
            unlearn.retraining { epochs = 2, warmup-epochs = 1 }
            """);
    assertEquals(
        List.of("original  ", "retraining blend 2", "retraining blend 3"),
        with(scores, "test-accuracy", 4, 6, 7));
    assertTrue(with(scores, "test-accuracy", 8).get(2).contains("iterations=1"));
    assertEquals(List.of(), with(scores, "forget-accuracy", 4));
    assertTrue(table("condensation").contains("reduced, blend, 2 a class"));
  }

  @Test
  void the_authors_defects_run_and_are_labelled() throws IOException {
    List<String> scores =
        scores(
            "published",
            """
            protocol = as-published
            scenarios = [ uniform-10 ]
            rounds = 2
            methods = [ cf, pruning, bad-distillation, scrub, ssd, a-scrub ]
            recipes = [ whole, reduced ]
            partition.embedder-width = 8
            condense.blend { clusters-per-class = 6, iterations = 1 }
            unlearn.cf { epochs = 1, warmup-epochs = 1 }
            unlearn.pruning { epochs = 1, prune-every = 1 }
            unlearn.bad-distillation.epochs = 1
            unlearn.scrub { epochs = 1, warmup-epochs = 1 }
            """);
    assertEquals(2 * 13, with(scores, "retain-accuracy", 4).size());
    assertTrue(with(scores, "retain-accuracy", 8).stream().allMatch(v -> v.contains("published")));
    assertTrue(table("published").contains("retain-on-prototypes"), table("published"));
    List<String> condensed =
        scores(
            "published-condensers",
            """
            protocol = as-published
            scenarios = [ none ]
            methods = [ retraining ]
            recipes = [ reduced ]
            condensers = [ { id = dm, clusters-per-class = 2, iterations = 2, batch = 4 } ]
            partition.embedder-width = 8
            unlearn.retraining { epochs = 2, warmup-epochs = 1 }
            """);
    assertEquals(List.of("original", "retraining"), with(condensed, "test-accuracy", 4));
  }

  @Test
  void batch_norm_runs_with_every_sort_of_method_and_is_labelled() throws IOException {
    List<String> scores =
        scores(
            "batch-norm",
            """
            networks = [ { id = convnet-bn, width = 4 } ]
            scenarios = [ uniform-10 ]
            methods = [ retraining, l1-sparse, pruning, scrub, ssd, fisher, a-cf ]
            recipes = [ whole, reduced ]
            partition.embedder-width = 8
            condense.blend { clusters-per-class = 3, iterations = 2 }
            unlearn.retraining { epochs = 1, warmup-epochs = 1 }
            unlearn.l1-sparse { epochs = 1, l1-free-epochs = 0 }
            unlearn.pruning { epochs = 1, prune-every = 1 }
            unlearn.scrub { epochs = 1, warmup-epochs = 1 }
            unlearn.fisher.images = 2
            """);
    assertEquals(1 + 2 * 7, with(scores, "retain-accuracy", 4).size());
    assertTrue(table("batch-norm").contains("convnet-bn (width=4)"));
  }
}
