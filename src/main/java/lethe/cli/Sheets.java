package lethe.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lethe.data.Scores;
import lethe.ledger.ArtifactStore;
import lethe.ledger.Manifest;
import lethe.ledger.Progress;
import lethe.plan.Card;
import lethe.plan.Cell;
import lethe.plan.Grid;
import lethe.plan.Plan;
import lethe.plan.Stage;
import lethe.plan.StageKey;
import lethe.plan.StageKind;
import lethe.plan.Subject;
import lethe.report.ClaimSheet;
import lethe.report.DifferenceTable;
import lethe.report.Groundwork;
import lethe.report.MemorySheet;
import lethe.report.PaperComparison;
import lethe.report.PaperTable;
import lethe.report.Result;
import lethe.report.ScoreSheet;
import lethe.report.TimeSheet;
import lethe.report.Timing;
import lethe.report.WholeFile;
import org.jspecify.annotations.Nullable;

/** Gathers what is finished and writes it into sheets. */
final class Sheets {
  static final String SCORES = "scores.csv";
  static final String MEMORY = "memory.csv";
  static final String TIMINGS = "timings.csv";
  static final String TABLE = "table.md";
  static final String CLAIMS = "claims.md";
  static final String CLAIMS_CSV = "claims.csv";
  static final String EXPERIMENT = "experiment.conf";

  private final Experiment experiment;
  private final Plan plan;
  private final Progress progress;
  private final ArtifactStore store;
  private final Map<StageKey, Optional<Manifest>> manifests = new HashMap<>();

  Sheets(Experiment experiment, Plan plan, Progress progress, ArtifactStore store) {
    this.experiment = experiment;
    this.plan = plan;
    this.progress = progress;
    this.store = store;
  }

  static Sheets of(Overview overview) {
    return new Sheets(
        overview.experiment(), overview.plan(), overview.progress(), overview.store());
  }

  /**
   * Every finished cell's scores, with its distances where they are finished too; an artifact that
   * does not read is left out.
   */
  List<Result> results() throws IOException {
    List<Result> results = new ArrayList<>();
    for (Cell cell : plan.cells()) {
      Optional<Scores> scores = scores(plan.scoresOf(cell));
      if (scores.isPresent()) {
        Optional<StageKey> compared = plan.distancesOf(cell);
        Optional<Scores> distances =
            compared.isPresent() ? scores(compared.get()) : Optional.empty();
        Scores all = scores.get().and(distances.map(Scores::values).orElseGet(TreeMap::new));
        results.add(new Result(cell, flagged(cell, all)));
      }
    }
    return results;
  }

  private Optional<Scores> scores(StageKey key) throws IOException {
    Optional<Path> file = progress.isFinished(key) ? file(key) : Optional.empty();
    return file.isPresent() ? Optional.of(Scores.read(file.get())) : Optional.empty();
  }

  /**
   * Scores with the flags of every artifact they rest on: what misleads about prototypes misleads
   * about the weights trained on them. Only manifests count, for they do not depend on the run; the
   * journal, which has their flags and more, says which to open.
   */
  private Scores flagged(Cell cell, Scores scores) {
    TreeSet<String> flags = new TreeSet<>(scores.flags());
    plan.stagesOf(cell).stream()
        .filter(k -> progress.finishedStage(k).filter(f -> !f.flags().isEmpty()).isPresent())
        .forEach(k -> manifest(k).ifPresent(m -> flags.addAll(m.flags())));
    return new Scores(scores.values(), List.copyOf(flags));
  }

  /** The seconds of every finished stage, in the rows of the cells that use it. */
  List<Timing> timings() {
    Map<StageKey, Integer> users = new HashMap<>();
    for (Cell cell : plan.cells()) {
      plan.stagesOf(cell).forEach(key -> users.merge(key, 1, Integer::sum));
    }
    List<Timing> timings = new ArrayList<>();
    for (Cell cell : plan.cells()) {
      for (StageKey key : plan.stagesOf(cell)) {
        if (isOfItsRound(cell, key)) {
          progress
              .finishedStage(key)
              .ifPresent(
                  finished ->
                      timings.add(timing(cell, key, finished, users.getOrDefault(key, 1) > 1)));
        }
      }
    }
    return timings;
  }

  /** What earlier rounds did for a cell stands in their rows, for it was paid there. */
  private boolean isOfItsRound(Cell cell, StageKey key) {
    Subject subject = plan.stage(key).subject();
    return subject.scenario().isEmpty() || subject.round() == cell.round();
  }

  private Timing timing(Cell cell, StageKey key, Progress.Finished finished, boolean shared) {
    Stage stage = plan.stage(key);
    TreeMap<String, Double> seconds = new TreeMap<>(finished.seconds());
    List<String> flags = finished.flags();
    Optional<Manifest> maker = finished.adopted() ? manifest(key) : Optional.empty();
    if (maker.isPresent()) {
      maker.get().seconds().forEach(seconds::putIfAbsent);
      Set<String> all = new HashSet<>(flags);
      all.addAll(maker.get().flags());
      flags = all.stream().sorted().toList();
    }
    String device = stage.ingredients().getOrDefault("device-class", "");
    return new Timing(cell, key, stage.kind(), seconds, shared, finished.adopted(), device, flags);
  }

  /** The file a stage's artifact is named after, where it stands. */
  private Optional<Path> file(@Nullable StageKey key) {
    if (key == null) {
      return Optional.empty();
    }
    String beginning = plan.stage(key).kind().id() + ".";
    return manifest(key)
        .flatMap(
            m ->
                m.files().stream()
                    .map(Manifest.Entry::name)
                    .filter(name -> name.startsWith(beginning))
                    .findFirst())
        .map(name -> store.file(key, name));
  }

  /** The paper's claims, judged on what is finished. */
  ClaimSheet claims(List<Result> results, List<Timing> timings) throws IOException {
    return new ClaimSheet(results, timings, ground());
  }

  private Groundwork ground() throws IOException {
    return new ClaimGround(plan, this::file).gather();
  }

  private Optional<Manifest> manifest(StageKey key) {
    return manifests.computeIfAbsent(key, store::whole);
  }

  /** What the plan says that engine stages take of the device's memory, and what they took. */
  private String memory() {
    List<MemorySheet.Row> rows = new ArrayList<>();
    for (Stage stage : plan.stages().values()) {
      if (stage.kind().engine() && progress.isFinished(stage.key())) {
        long estimate = experiment.repertoire().memory().peak(stage, stage.microBatch());
        Optional<String> peak =
            store.manifest(stage.key()).map(m -> m.provenance().get(Manifest.PEAK_MEMORY));
        rows.add(new MemorySheet.Row(stage, estimate, peak.orElse("")));
      }
    }
    return MemorySheet.text(rows);
  }

  String table(List<Result> results, List<Timing> timings) throws IOException {
    Grid grid = experiment.grid();
    Map<String, String> titles = new HashMap<>();
    for (Card card : experiment.repertoire().methods().values()) {
      titles.put(card.id(), card.title());
    }
    titles.put(Cell.ORIGINAL, "Original");
    return Stream.of(
            new PaperTable(grid.name(), grid.methods(), titles, results, timings).text(),
            new DifferenceTable(grid.methods(), titles, results, timings).text(),
            new PaperComparison(grid.methods(), titles, results, timings, ground()).text())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  /** Writes every sheet into the experiment's folder and returns the table. */
  String write() throws IOException {
    Path folder = experiment.folder();
    List<Result> results = results();
    List<Timing> timings = timings();
    String table = table(results, timings);
    WholeFile.write(folder.resolve(SCORES), ScoreSheet.text(results));
    WholeFile.write(folder.resolve(TIMINGS), TimeSheet.text(timings));
    WholeFile.write(folder.resolve(TABLE), table);
    WholeFile.write(folder.resolve(MEMORY), memory());
    ClaimSheet claims = claims(results, timings);
    WholeFile.write(folder.resolve(CLAIMS), claims.text());
    WholeFile.write(folder.resolve(CLAIMS_CSV), claims.csv());
    return table;
  }

  /** Kinds in the order a cell passes them, with how many stages of each the plan has. */
  static Map<StageKind, List<StageKey>> byKind(Plan plan) {
    Map<StageKind, List<StageKey>> kinds = new TreeMap<>();
    plan.stages()
        .forEach(
            (key, stage) -> kinds.computeIfAbsent(stage.kind(), k -> new ArrayList<>()).add(key));
    return kinds;
  }
}
