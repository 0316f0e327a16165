package lethe.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import lethe.cli.Door;
import lethe.ledger.ArtifactStore;
import lethe.ledger.StoreException;
import lethe.plan.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run on the real engine whose disk fails it, and goes on by itself. */
@Timeout(240)
class PauseWalkTest {
  private static final String TURNS = "java.io.tmpdir"; // no test waits for a user's run
  private static final String USERS_TURNS = System.getProperty(TURNS);
  private static final String SCRUB = "unlearned glyphs/convnet/random-class/whole/scrub/seed-1";
  private static final String CF = "unlearned glyphs/convnet/random-class/whole/cf/seed-1";

  private final Path folder;
  private final Path store;
  private final List<String> begun = Broken.none();

  PauseWalkTest(@TempDir Path folder) {
    this.folder = folder;
    this.store = folder.resolve("results/store");
  }

  @BeforeEach
  void enter() throws IOException {
    System.setProperty(TURNS, Files.createDirectory(folder.resolve("turns")).toString());
  }

  @AfterEach
  void leave() {
    System.setProperty(TURNS, USERS_TURNS);
  }

  private Door.Answer run(Function<Stage, Optional<Exception>> fault, String... more)
      throws IOException {
    Path grid =
        Files.writeString(
            folder.resolve("pause.conf"),
            """
            name = pause
            datasets = [ { id = glyphs, train-per-class = 12, test-per-class = 12 } ]
            networks = [ { id = convnet, width = 4 } ]
            scenarios = [ random-class ]
            methods = [ scrub, cf ]
            recipes = [ whole ]
            seeds = [ 1 ]
            train { epochs = 2, warmup-epochs = 1 }
            unlearn.cf { epochs = 2, warmup-epochs = 1 }
            unlearn.scrub { epochs = 2, warmup-epochs = 1 }
            """);
    List<String> words =
        new ArrayList<>(
            List.of("run", grid.toString(), "--results", folder.resolve("results").toString()));
    words.addAll(List.of(more));
    return Door.call(
        (plan, real) -> new Broken(plan, real, fault, begun), words.toArray(String[]::new));
  }

  private static Optional<Exception> disk(String word) {
    return Optional.of(StoreException.reading(Path.of("disk"), new IOException(word)));
  }

  @Test
  void an_artifact_that_vanishes_under_a_run_is_made_again() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    Door.Answer answer =
        run(
            stage -> {
              if (Broken.name(stage).equals(CF) && asked.getAndIncrement() == 0) {
                lose(stage, "original");
              }
              return Optional.empty();
            });
    assertEquals(0, answer.exit(), answer.err());
    assertEquals(2, Collections.frequency(begun, "original glyphs/convnet/seed-1"), "" + begun);
    assertEquals(2, Collections.frequency(begun, CF));
    assertEquals(1, Collections.frequency(begun, SCRUB), "what stands is not done again");
  }

  private void lose(Stage stage, String role) {
    try {
      ArtifactStore.delete(ArtifactStore.view(store).folder(stage.input(role)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void what_failed_before_a_pause_is_not_tried_again_after_it() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    Door.Answer answer =
        run(
            stage ->
                switch (Broken.name(stage)) {
                  case SCRUB -> Optional.of(new IllegalStateException("the moon is full"));
                  case CF -> asked.getAndIncrement() == 0 ? disk("a hiccup") : Optional.empty();
                  default -> Optional.empty();
                });
    assertEquals(1, answer.exit(), answer.err());
    assertEquals(1, Collections.frequency(begun, SCRUB), "" + begun);
    assertEquals(2, Collections.frequency(begun, CF));
    assertTrue(answer.err().contains("the moon is full"), answer.err());
    assertTrue(answer.err().contains("7 of 10 stages are finished"), answer.err());
  }

  @Test
  void what_no_wait_mends_ends_the_run_after_six_tries() throws IOException {
    Door.Answer answer =
        run(stage -> Broken.name(stage).equals(CF) ? disk("Input/output error") : Optional.empty());
    assertEquals(4, answer.exit(), answer.err());
    assertTrue(answer.err().contains("Input/output error"), answer.err());
    assertEquals(6, Collections.frequency(begun, CF), "" + begun);
  }

  @Test
  void a_run_that_is_not_to_wait_does_not() throws IOException {
    Door.Answer answer =
        run(
            stage -> Broken.name(stage).equals(CF) ? disk("full") : Optional.empty(),
            "on-host-fault=stop");
    assertEquals(4, answer.exit(), answer.err());
    assertEquals(1, Collections.frequency(begun, CF));
  }
}
