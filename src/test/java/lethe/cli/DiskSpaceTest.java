package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lethe.data.source.DataSource;
import lethe.ledger.ArtifactStore;
import lethe.ledger.JournalFile;
import lethe.net.DiskFootprint;
import lethe.plan.Plan;
import lethe.plan.Stage;
import lethe.plan.StageKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Room on the disk: told before anything runs, at least what is then taken. */
class DiskSpaceTest {
  private static final String TURNS = "java.io.tmpdir"; // a test waits for no user's run

  @TempDir private Path folder = Path.of("replaced");

  private Path grid(String... lines) throws IOException {
    return Files.writeString(
        folder.resolve("disk.conf"),
        """
        name = disk
        datasets = [ { id = glyphs, train-per-class = 30, test-per-class = 20 } ]
        networks = [ { id = convnet, width = 16 } ]
        scenarios = [ random-class ]
        methods = [ retraining, cf ]
        seeds = [ 1 ]
        partition.embedder-width = 16
        condense.blend { clusters-per-class = 10, iterations = 2 }
        train { epochs = 1, warmup-epochs = 0 }
        unlearn.retraining { epochs = 1, warmup-epochs = 0 }
        unlearn.cf { epochs = 1, warmup-epochs = 0 }
        """
            + String.join("\n", lines));
  }

  private Experiment experiment(Path grid) {
    return Experiment.read(grid, List.of(), Optional.of(folder.resolve("results")));
  }

  private Door.Answer ask(String verb, Path grid, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(verb, grid.toString(), "--results", folder.resolve("results").toString()));
    words.addAll(List.of(more));
    return Door.call(words.toArray(String[]::new));
  }

  private static long bytes(Path folder) throws IOException { // as du -sb counts them
    try (Stream<Path> all = Files.walk(folder)) {
      return all.mapToLong(path -> path.toFile().length()).sum();
    }
  }

  private static DiskFootprint footprint(Experiment experiment, Plan plan) throws IOException {
    DataSource.Counts all =
        Holdings.of(experiment).source(experiment.grid().datasets().get(0)).counts();
    return new DiskFootprint(
        plan, Map.of("glyphs", all.drawn(experiment.grid().datasets().get(0).settings())));
  }

  @Test
  void every_artifact_of_a_real_run_takes_what_was_said_or_less() throws IOException {
    String users = System.getProperty(TURNS);
    System.setProperty(TURNS, Files.createDirectory(folder.resolve("turns")).toString());
    try {
      Path grid = grid();
      assertEquals(Exit.DONE, ask("run", grid, "checkpoint.every=0").exit());
      Experiment experiment = experiment(grid);
      JournalFile.Events journal =
          (JournalFile.Events) JournalFile.read(experiment.folder(), experiment.grid().name());
      Plan plan =
          Plan.of(
              experiment.grid(),
              journal.progress().environment().orElseThrow(),
              experiment.repertoire());
      DiskFootprint footprint = footprint(experiment, plan);
      ArtifactStore store = ArtifactStore.view(experiment.machine().storeDir());
      long said = 0;
      for (Stage stage : plan.stages().values()) {
        long took = bytes(store.folder(stage.key()));
        said += footprint.artifact(stage);
        assertTrue(
            took <= footprint.artifact(stage),
            stage.kind() + " took " + took + " of " + footprint.artifact(stage));
      }
      long fact = bytes(store.root());
      assertTrue(fact <= footprint.of(plan.stages().keySet()), "all: " + fact);
      assertTrue(said <= 1.5 * fact, said + " said, " + fact + " taken");
      assertTrue(ask("plan", grid).out().contains("Disk: nothing to come, "));
    } finally {
      System.setProperty(TURNS, users);
    }
  }

  private Stage prototypes(Plan plan) {
    return plan.stages().values().stream()
        .filter(stage -> stage.kind() == StageKind.PROTOTYPES)
        .findFirst()
        .orElseThrow();
  }

  private long prototypeBytes(String... lines) throws IOException {
    Experiment experiment = experiment(grid(lines));
    Plan plan = Overview.of(experiment).plan();
    return footprint(experiment, plan).artifact(prototypes(plan));
  }

  @Test
  void clusters_of_a_forgotten_class_have_no_prototypes() throws IOException {
    // 10 classes of 10 clusters; a prototype has 3,072 numbers and a label: 12,292 bytes.
    // nine classes stay: 90 x 12,292 = 1,106,280, and folder, manifest, header and whole blocks
    assertEquals(1_106_280, prototypeBytes(), 3 * 4096);
    assertEquals(8 * 10 * 12_292, prototypeBytes("scenarios = [ classes-1-2 ]"), 3 * 4096);
    // half of 100 clusters may stay free, and four standard deviations, 20
    assertEquals(70 * 12_292, prototypeBytes("scenarios = [ uniform-50 ]"), 3 * 4096);
    // no class has more clusters than images
    assertEquals(
        9 * 30 * 12_292, prototypeBytes("condense.blend.clusters-per-class = 30"), 3 * 4096);
  }

  @Test
  void a_run_without_room_does_not_begin() throws IOException {
    // features of 262,144 numbers an image: 50,000 images x 1 MB = 52 GB a seed
    String seeds =
        "seeds = " + java.util.stream.IntStream.rangeClosed(1, 300).boxed().toList().toString();
    Path grid =
        grid(
            "datasets = [ { id = glyphs, train-per-class = 5000, test-per-class = 20 } ]",
            "partition { embedder-width = 1024, embedder-depth = 1 }",
            seeds);
    Door.Answer answer = ask("run", grid);
    assertEquals(Exit.ENVIRONMENT, answer.exit(), answer.err());
    assertEquals(1, answer.err().lines().count(), answer.err());
    assertTrue(answer.err().contains("are free in the store"), answer.err());
    assertTrue(answer.err().contains("preflight = off"), answer.err());
    assertFalse(Files.exists(folder.resolve("results/disk/journal.db")), "nothing ran");
    String plan = ask("plan", grid).out();
    assertTrue(plan.contains("Disk: about 15") && plan.contains(" GB to come, "), plan);
  }

  @Test
  void sizes_are_said_in_a_few_digits() {
    Path store = Path.of("/x/store");
    assertEquals(
        "Disk: about 3.2 GB to come, 41 GB free in /x/store.",
        new DiskSpace(3_210_000_000L, 41_400_000_000L, store).line());
    assertEquals(
        "Disk: nothing to come, 13 MB free in /x/store.",
        new DiskSpace(0, 12_000_001, store).line());
    new DiskSpace(10, 10, store).require();
    Refusal refusal =
        assertThrows(Refusal.class, () -> new DiskSpace(2_000_000, 1_000_000, store).require());
    assertEquals(Exit.ENVIRONMENT, refusal.exit());
    assertTrue(
        refusal.sentences().get(0).startsWith("What is left to do needs about 2 MB, and 1 MB are"),
        refusal.sentences().get(0));
  }
}
