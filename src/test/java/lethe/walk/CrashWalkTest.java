package lethe.walk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import lethe.cli.Door;
import lethe.data.Checkpoint;
import lethe.ledger.ArtifactStore;
import lethe.ledger.Failpoint;
import lethe.plan.StageKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What ends between two effects on the disk, and what somebody harms there, is mended. */
@Timeout(300)
class CrashWalkTest {
  private static final String TURNS = "java.io.tmpdir"; // no test waits for a user's run
  private static final String USERS_TURNS = System.getProperty(TURNS);
  private static final int KILLED = 137;

  @TempDir private static Path folder = Path.of("replaced");
  private static Path grid = Path.of("replaced");
  private static Path calm = Path.of("replaced");

  @BeforeAll
  static void run() throws IOException {
    System.setProperty(TURNS, Files.createDirectory(folder.resolve("turns")).toString());
    grid = Files.writeString(folder.resolve("crash.conf"), text("crash"));
    calm = folder.resolve("calm");
    assertDone(Door.call(words(calm)));
  }

  @AfterAll
  static void leave() {
    System.setProperty(TURNS, USERS_TURNS);
  }

  private static String text(String name) {
    return """
        name = %s
        datasets = [ { id = glyphs, train-per-class = 12, test-per-class = 12 } ]
        networks = [ { id = convnet, width = 4 } ]
        scenarios = [ uniform-10 ]
        methods = [ cf ]
        recipes = [ whole ]
        seeds = [ 1 ]
        train { epochs = 3, warmup-epochs = 1 }
        unlearn.cf { epochs = 2, warmup-epochs = 1 }
        """
        .formatted(name);
  }

  private static String[] words(Path results) {
    return new String[] {
      "run", grid.toString(), "--results", results.toString(), "checkpoint.every=0"
    };
  }

  private static void assertDone(Door.Answer answer) {
    assertEquals(0, answer.exit(), answer.err());
  }

  private static byte[] scores(Path results) throws IOException {
    return Files.readAllBytes(results.resolve("crash/scores.csv"));
  }

  /** Runs in a process that ends when it is at {@code point} for the n-th time. */
  private static void crash(Path results, Failpoint point, int times) throws Exception {
    String name = point.name().toLowerCase(Locale.ROOT).replace('_', '-');
    Path log = folder.resolve(name + ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")); // a fast start
    command.add("-D%s=%s".formatted(TURNS, folder.resolve("turns")));
    command.add("-Dlethe.crash=%s:%d".formatted(name, times));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "lethe.cli.Lethe"));
    command.addAll(List.of(words(results)));
    int exit =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    assertEquals(KILLED, exit, point + " was not reached: " + Files.readString(log));
  }

  private static List<Path> checkpoints(Path results) throws IOException {
    try (Stream<Path> all = Files.walk(results.resolve("store/checkpoints"))) {
      return all.filter(f -> f.toString().endsWith(".safetensors")).sorted().toList();
    }
  }

  @Test
  void every_failpoint_is_reached_and_the_same_command_goes_on_from_it() throws Exception {
    Path results = folder.resolve("crashed");
    for (Failpoint point : Failpoint.values()) {
      int times = point == Failpoint.CHECKPOINT_PLACED ? 3 : 1;
      crash(results, point, times);
      if (times > 1) { // two are left: harm the newer
        List<Path> left = checkpoints(results);
        assertTrue(left.size() >= 2, left.toString());
        byte[] bytes = Files.readAllBytes(left.get(left.size() - 1));
        bytes[bytes.length / 2] ^= 16;
        Files.write(left.get(left.size() - 1), bytes);
      }
    }
    assertDone(Door.call(words(results)));
    assertArrayEquals(scores(calm), scores(results));
    assertEquals(List.of(), checkpoints(results), "what is done needs none");
    List<String> finished =
        Files.readAllLines(results.resolve("crash/events.jsonl")).stream()
            .filter(l -> l.contains("\"StageFinished\""))
            .map(l -> l.replaceAll(".*\"key\":\"([0-9a-f]+)\".*", "$1"))
            .toList();
    assertEquals(finished.stream().distinct().count(), finished.size(), "finished once each");
  }

  @Test
  void a_checkpoint_that_does_not_fit_costs_one_attempt() throws IOException {
    Path results = folder.resolve("misfit");
    assertDone(Door.call(words(results)));
    Path original = originalIn(results);
    StageKey key = new StageKey(original.getFileName().toString());
    ArtifactStore.delete(original);
    Map<String, Double> numbers = new TreeMap<>(Map.of("format", 2.0));
    for (String name : List.of("epoch", "pass", "step", "done")) {
      numbers.put("training/" + name, 1.0); // and no weights
    }
    for (String name : List.of("method", "overhead", "others", "saving")) {
      numbers.put("seconds/" + name, 1.0);
    }
    ArtifactStore.open(results.resolve("store"))
        .checkpoints(key)
        .add(new Checkpoint(new TreeMap<>(), new TreeMap<>(numbers)));

    Door.Answer first = Door.call(words(results));
    assertEquals(1, first.exit(), first.err());
    assertTrue(first.err().contains("The checkpoint has no array"), first.err());

    assertDone(Door.call(words(results)));
    assertArrayEquals(scores(calm), scores(results));
  }

  private static Path originalIn(Path results) throws IOException {
    try (Stream<Path> all = Files.walk(results.resolve("store"))) {
      for (Path file : all.filter(f -> f.endsWith("manifest.json")).sorted().toList()) {
        if (Files.readString(file).contains("\"stage\" : \"original\"")) {
          return file.resolveSibling("");
        }
      }
    }
    throw new AssertionError("no original weights");
  }

  @Test
  void a_flipped_byte_anywhere_in_an_artifact_is_found_and_mended() throws IOException {
    Path results = folder.resolve("flipped");
    assertDone(Door.call(words(results)));
    List<Path> files;
    try (Stream<Path> all = Files.walk(results.resolve("store"))) {
      files =
          all.filter(Files::isRegularFile)
              .filter(file -> file.toString().matches(".*/[0-9a-f]{2}/[0-9a-f]{64}/[^/]+"))
              .sorted(Comparator.reverseOrder())
              .toList();
    }
    assertFalse(files.isEmpty());
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 3] ^= 1;
      Files.write(file, bytes);
    }
    assertDone(Door.call(words(results)));
    assertArrayEquals(scores(calm), scores(results));
    assertTrue(files.size() >= 2 * 7, "each stage has a file and a manifest");
  }

  @Test
  void the_journal_of_another_experiment_is_refused_and_left_as_it_is() throws IOException {
    Path results = Files.createDirectory(folder.resolve("strange"));
    Path other = Files.createDirectory(results.resolve("stranger"));
    Path journal = other.resolve("journal.db");
    Files.copy(calm.resolve("crash/journal.db"), journal);
    Path stranger = Files.writeString(folder.resolve("stranger.conf"), text("stranger"));
    Door.Answer answer = Door.call("run", stranger.toString(), "--results", results.toString());
    assertEquals(2, answer.exit(), answer.err());
    assertTrue(answer.err().contains("\"crash\", not of \"stranger\""), answer.err());
    assertArrayEquals(
        Files.readAllBytes(calm.resolve("crash/journal.db")), Files.readAllBytes(journal));
    assertFalse(Files.exists(other.resolve("scores.csv")));
  }

  @Test
  void a_store_that_cannot_be_written_is_the_environments_fault() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    Door.Answer answer =
        Door.call(
            "run", grid.toString(), "--results", folder.resolve("x").toString(), "store=" + file);
    assertEquals(4, answer.exit(), answer.err());
    assertTrue(
        answer.err().startsWith("lethe: The store of artifacts " + file + " cannot be written"),
        answer.err());
  }
}
