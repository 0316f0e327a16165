package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lethe.data.Scores;
import lethe.ledger.ArtifactStore;
import lethe.ledger.Draft;
import lethe.ledger.Event;
import lethe.ledger.Manifest;
import lethe.ledger.Progress;
import lethe.plan.Environment;
import lethe.plan.Plan;
import lethe.plan.Stage;
import lethe.plan.StageKind;
import lethe.report.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SheetsTest {
  @TempDir private Path folder = Path.of("replaced");

  @Test
  void what_misleads_about_an_input_misleads_about_the_score() throws IOException {
    List<Result> results = results("[ cf ]");
    // The original's cell knows nothing of the method; "overlapped" is of the run, not of the
    // score.
    for (Result result : results) {
      assertEquals(
          result.cell().method().equals("cf") ? List.of("unlearned-oddly") : List.of(),
          result.scores().flags());
    }
    assertEquals(2, results.size());
  }

  @Test
  void distances_stand_among_the_scores_of_what_was_compared() throws IOException {
    for (Result result : results("[ retraining, cf ]")) {
      TreeMap<String, Double> expected = new TreeMap<>(Map.of("scores", 60.0));
      if (!result.cell().isReference()) {
        expected.put("distances", 60.0);
      }
      assertEquals(expected, result.scores().values(), result.cell().label());
    }
  }

  /** Of a grid whose every stage left a score named after its kind. */
  private List<Result> results(String methods) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("x.conf"),
            """
            name = x
            datasets = [ glyphs ]
            networks = [ convnet ]
            scenarios = [ random-class ]
            methods = %s
            recipes = [ whole ]
            seeds = [ 1 ]
            """
                .formatted(methods));
    Experiment experiment =
        Experiment.read(file, List.of(), Optional.of(folder.resolve("results")));
    Environment environment =
        new Environment(
            "engine",
            "cpu",
            "fp32",
            2,
            0,
            0,
            new TreeMap<>(),
            new TreeMap<>(Map.of("glyphs", "d")));
    Plan plan = Plan.of(experiment.grid(), environment, experiment.repertoire());
    ArtifactStore store = ArtifactStore.open(folder.resolve("store"));
    List<Event> events = new ArrayList<>();
    for (Stage stage : plan.stages().values()) {
      events.add(made(store, stage));
    }
    return new Sheets(experiment, plan, Progress.of(events), store).results();
  }

  private static Event made(ArtifactStore store, Stage stage) throws IOException {
    List<String> odd = stage.kind() == StageKind.UNLEARNED ? List.of("unlearned-oddly") : List.of();
    try (Draft draft = store.draft(stage.key(), stage)) {
      Path file = draft.file(stage.kind().id() + ".json");
      new Scores(new TreeMap<>(Map.of(stage.kind().id(), 60.0)), List.of()).write(file);
      Manifest manifest = draft.keep(new TreeMap<>(), odd, new TreeMap<>());
      List<String> told = new ArrayList<>(odd);
      told.add("overlapped");
      return new Event.StageFinished(
          stage.key().hex(), stage.kind().id(), manifest.digest(), Map.of(), told, false, 1);
    }
  }
}
