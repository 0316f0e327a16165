package lethe.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lethe.cli.Door;
import lethe.kernel.array.Draws;
import lethe.net.ConvNet;
import lethe.net.Network;
import lethe.net.Weights;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Original weights that the user brings. */
class StartWeightsWalkTest {
  private static final Network NETWORK = new ConvNet(4, 3, 10);
  private static final String TURNS = "java.io.tmpdir";
  private static final String USERS_TURNS = System.getProperty(TURNS);

  @TempDir private static Path folder = Path.of("replaced");

  @BeforeAll
  static void undisturbed() throws IOException {
    System.setProperty(TURNS, Files.createDirectory(folder.resolve("turns")).toString());
  }

  @AfterAll
  static void leave() {
    System.setProperty(TURNS, USERS_TURNS);
  }

  private static Path grid(String name, String weights) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".conf"),
        """
        name = %s
        datasets = [ { id = glyphs, train-per-class = 12, test-per-class = 12 } ]
        networks = [ { id = convnet, width = 4 } ]
        scenarios = [ uniform-10 ]
        methods = [ cf ]
        recipes = [ whole ]
        seeds = [ 1, 2 ]
        train.weights = "%s"
        unlearn.cf { epochs = 1, warmup-epochs = 1 }
        """
            .formatted(name, weights));
  }

  private static Door.Answer call(String verb, Path grid, String... words) {
    return Door.call(
        Stream.concat(
                Stream.of(verb, grid.toString(), "--results", folder.resolve("results").toString()),
                Stream.of(words))
            .toArray(String[]::new));
  }

  private static Weights given(String name, long seed) throws IOException {
    Weights weights = Weights.initial(NETWORK, new Draws(seed));
    weights.write(folder.resolve(name));
    return weights;
  }

  @Test
  void each_seed_starts_from_its_file_wherever_that_lies() throws IOException {
    Set<String> digests =
        Set.of(given("mine-1.safetensors", 11).digest(), given("mine-2.safetensors", 12).digest());
    Door.Answer run = call("run", grid("given", "mine-{seed}.safetensors"));
    assertEquals(0, run.exit(), run.err());
    Set<String> originals = new HashSet<>();
    try (Stream<Path> files = Files.walk(folder.resolve("results/store"))) {
      for (Path file : files.filter(f -> f.endsWith("weights.safetensors")).toList()) {
        originals.add(Weights.read(file, NETWORK).digest());
      }
    }
    assertTrue(originals.containsAll(digests), "two originals among " + originals);
    assertEquals(4, originals.size(), "and what CF made of them");
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    for (String name : List.of("mine-1.safetensors", "mine-2.safetensors")) {
      Files.copy(folder.resolve(name), elsewhere.resolve(name));
    }
    Door.Answer again = call("plan", grid("again", elsewhere + "/mine-{seed}.safetensors"));
    assertTrue(
        again.out().lines().anyMatch(l -> l.matches("\\| original .* 2 \\| *0 .*")), again.out());
  }

  @Test
  void a_file_that_is_not_there_is_said_at_once() throws IOException {
    Path grid = grid("missing", "nothing-{seed}.safetensors");
    Door.Answer answer = call("run", grid);
    assertEquals(2, answer.exit());
    for (int seed = 1; seed <= 2; seed++) {
      String sentence =
          grid + ":8: There is no file " + folder.resolve("nothing-" + seed + ".safetensors.");
      assertTrue(answer.err().contains(sentence), answer.err());
    }
  }

  @Test
  void weights_of_another_network_fail_with_a_sentence() throws IOException {
    Weights.initial(new ConvNet(8, 3, 10), new Draws(1)).write(folder.resolve("wide.safetensors"));
    Door.Answer answer = call("run", grid("wide", "wide.safetensors"));
    assertEquals(2, answer.exit(), "before the first stage");
    assertTrue(
        answer.err().contains("has no array features.0.weight of shape [4, 3, 3, 3]"),
        answer.err());
    assertEquals(answer.err(), call("plan", grid("wide", "wide.safetensors")).err());
  }

  @Test
  void one_file_for_several_seeds_is_noted() throws IOException {
    given("one.safetensors", 1);
    Door.Answer answer = call("plan", grid("one", "one.safetensors"));
    assertEquals(0, answer.exit(), answer.err());
    assertEquals(
        "lethe: All 2 seeds start from the one file %s; with {seed} in its place each has its own.\n"
            .formatted(folder.resolve("one.safetensors")),
        answer.err());
  }
}
