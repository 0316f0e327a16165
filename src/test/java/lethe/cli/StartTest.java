package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import lethe.data.Dataset;
import lethe.data.source.DataSource;
import lethe.data.source.Download;
import lethe.data.source.Fetch;
import lethe.data.source.FileHome;
import lethe.ledger.Event;
import lethe.ledger.Progress;
import lethe.plan.Environment;
import lethe.plan.Plan;
import lethe.plan.StageKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run looks at before its first stage. */
class StartTest {
  private static final Environment FIRST =
      new Environment(
          "engine", "cpu", "fp32", 2, 0, 0, new TreeMap<>(), new TreeMap<>(Map.of("glyphs", "d")));

  @TempDir private Path folder = Path.of("replaced");
  private Path file = Path.of("replaced");

  @BeforeEach
  void write() throws IOException {
    file =
        Files.writeString(
            folder.resolve("x.conf"),
            """
            name = x
            datasets = [ glyphs ]
            networks = [ convnet ]
            scenarios = [ random-class ]
            methods = [ cf ]
            recipes = [ whole ]
            seeds = [ 1 ]
            """);
  }

  private Experiment experiment(String... words) {
    return Experiment.read(file, List.of(words), Optional.of(folder.resolve("results")));
  }

  private static Event finished(StageKey key) {
    return new Event.StageFinished(key.hex(), "split", "d", Map.of(), List.of(), false, 2);
  }

  @Test
  void nothing_is_hashed_while_a_stage_is_left() {
    Experiment experiment = experiment();
    Plan plan = Plan.of(experiment.grid(), FIRST, experiment.repertoire());
    List<StageKey> keys = List.copyOf(plan.stages().keySet());
    List<Event> events = new ArrayList<>();
    events.add(
        new Event.GridPlanned(
            "x", plan.digest(), FIRST, plan.cells().size(), plan.stages().size(), 1));
    keys.subList(0, keys.size() - 1).forEach(key -> events.add(finished(key)));
    List<StageKey> hashed = new ArrayList<>();
    assertFalse(
        RunVerb.allDone(
            plan,
            Progress.of(events),
            key -> {
              hashed.add(key);
              return Optional.of("d");
            }));
    assertEquals(List.of(), hashed);
    events.add(finished(keys.get(keys.size() - 1)));
    assertTrue(RunVerb.allDone(plan, Progress.of(events), key -> Optional.of("d")));
    assertFalse(RunVerb.allDone(plan, Progress.of(events), key -> Optional.of("other")));
  }

  @Test
  void a_setting_of_the_machine_that_comes_too_late_is_told() {
    assertEquals(
        List.of(), Surroundings.kept(experiment("engine-threads=2").machine(), FIRST), "the same");
    assertEquals(List.of(), Surroundings.kept(experiment().machine(), FIRST), "auto");
    List<String> sentences =
        Surroundings.kept(experiment("engine-threads=3", "micro-batch=64").machine(), FIRST);
    assertEquals(2, sentences.size());
    assertTrue(sentences.get(0).startsWith("engine-threads stays 2"), sentences.get(0));
    assertTrue(sentences.get(1).startsWith("micro-batch stays 0"), sentences.get(1));
  }

  @Test
  void a_card_is_fed_from_two_cores() {
    assertEquals(2, Session.pool(experiment().machine(), "cpu", 2));
    assertEquals(1, Session.pool(experiment().machine(), "cuda", 2));
    assertEquals(14, Session.pool(experiment().machine(), "cuda", 16));
    assertEquals(5, Session.pool(experiment("cpu-threads=5").machine(), "cuda", 16));
  }

  @Test
  void the_store_remembers_digests_and_looking_makes_no_store() throws IOException {
    byte[] record = new byte[3073]; // a label and an image
    Path data = Files.createDirectories(folder.resolve("data/cifar-10-batches-bin"));
    for (String name : names()) {
      Files.write(data.resolve(name), record);
    }
    Experiment experiment = experiment("datasets=[cifar-10]", "data.dir=" + folder.resolve("data"));
    Path store = experiment.machine().storeDir();
    String digest = Holdings.of(experiment).digestsOrAbsent().get("cifar-10");
    assertFalse(Files.exists(store), "nothing is written by looking");
    Files.createDirectories(store);
    assertEquals(digest, Holdings.of(experiment).digests().get("cifar-10"));
    assertTrue(Files.exists(store.resolve("cifar-10.digest.json")));
  }

  @Test
  void what_is_missing_comes_from_its_home_file_by_file() throws IOException {
    byte[] bytes = {1, 2, 3};
    String md5 = "5289df737df57326fcdd22597afb1fac";
    try (FileHome home = new FileHome("/x", bytes)) {
      Download one = new Download(home.address(), folder.resolve("data/one"), 3, md5);
      Download two = new Download(home.address(), folder.resolve("data/two"), 3, md5);
      Holdings holdings =
          new Holdings(new TreeMap<>(Map.of("mine", new Offered(List.of(one, two)))), folder);
      holdings.complete(new Fetch());
      assertArrayEquals(bytes, Files.readAllBytes(one.place()));
      assertArrayEquals(bytes, Files.readAllBytes(two.place()));
    }
  }

  /** A dataset of which nothing is known but where its files are. */
  private record Offered(List<Download> missing) implements DataSource {
    @Override
    public String id() {
      return "mine";
    }

    @Override
    public String digest() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Counts counts() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Dataset load() {
      throw new UnsupportedOperationException();
    }
  }

  private static List<String> names() {
    return List.of(
        "data_batch_1.bin",
        "data_batch_2.bin",
        "data_batch_3.bin",
        "data_batch_4.bin",
        "data_batch_5.bin",
        "test_batch.bin");
  }
}
