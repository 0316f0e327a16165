package lethe.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Walks the axes of a grid once and lays down cells and stages. */
final class Planner {
  /** Whose weights CF is handed from its second round on, in {@code multiround_unlearn.py}. */
  private static final String MIXED_UP = "a-scrub";

  /** Whose retain accuracy {@code cond_unlearn.py} takes on what it was trained on. */
  private static final String ON_PROTOTYPES = "pruning";

  private final Grid grid;
  private final Repertoire repertoire;
  private final StageList stages;
  private final List<Cell> cells = new ArrayList<>();
  private final Map<Cell, StageKey> scores = new LinkedHashMap<>();
  private final Map<Cell, StageKey> distances = new LinkedHashMap<>();
  private final List<Row> rows = new ArrayList<>(); // of the network at hand

  /** A cell and what it is scored on. */
  private record Row(Cell cell, Subject subject, StageKey logits, StageKey split) {}

  Planner(Grid grid, Environment environment, Repertoire repertoire) {
    this.grid = grid;
    this.repertoire = repertoire;
    this.stages = new StageList(new Recorder(environment, repertoire));
  }

  Plan plan() {
    for (long seed : grid.seeds()) {
      for (Spec dataset : grid.datasets()) {
        plan(Subject.of(dataset, seed));
      }
    }
    return new Plan(cells, stages.stages(), scores, distances);
  }

  private void plan(Subject data) {
    List<Arm> arms = Arm.of(grid, repertoire, data);
    Preparation preparation = new Preparation(grid, repertoire, stages, data, arms);
    List<List<Ground>> scenarios = new ArrayList<>();
    for (Scenario scenario : grid.scenarios()) {
      scenarios.add(preparation.rounds(scenario));
    }
    for (Spec network : grid.networks()) {
      Subject trained = data.on(network);
      Card train = repertoire.train();
      Settings how =
          StartWeights.instead(settings(train, trained), data.seed(), grid.weightDigests());
      StageKey original = stages.add(StageKind.ORIGINAL, trained, how, Map.of(), train);
      StageKey logits = stages.logits(trained, original);
      for (List<Ground> rounds : scenarios) {
        for (Ground ground : rounds) {
          original(trained, ground, logits);
        }
        for (String method : grid.methods()) {
          for (Arm arm : arms) {
            rounds(trained.by(arm.recipe()).by(method), arm, rounds, original);
          }
        }
      }
      compare();
    }
  }

  private void original(Subject trained, Ground ground, StageKey logits) {
    Subject subject =
        trained.in(ground.scenario(), ground.round()).by(RetainRecipe.WHOLE).by(Cell.ORIGINAL);
    score(subject, Optional.empty(), logits, ground, ground.parts(), Map.of());
  }

  /** One row of each round, every one from the weights of the one before. */
  private void rounds(Subject line, Arm arm, List<Ground> rounds, StageKey original) {
    StageKey start = original;
    StageKey mixedUp = original;
    boolean mixesUp = mixesUp(line);
    for (Ground ground : rounds) {
      Subject inRound = line.in(ground.scenario(), ground.round());
      Subject subject = arm.condenser().map(inRound::with).orElse(inRound);
      Ground.Feed feed = ground.feed(arm);
      StageKey unlearned = unlearned(subject, ground.split(), feed, start);
      Map<String, StageKey> retained = retained(subject, feed);
      StageKey logits =
          stages.logits(
              subject, unlearned, Optional.ofNullable(retained.get(StageKind.PROTOTYPES.id())));
      score(subject, arm.clusters(), logits, ground, feed.parts(), retained);
      if (mixesUp) {
        mixedUp = unlearned(subject.by(MIXED_UP), ground.split(), feed, mixedUp);
      }
      start = mixesUp ? mixedUp : unlearned;
    }
  }

  /** Whether a later round starts from another method's weights, as in the authors' code. */
  private boolean mixesUp(Subject line) {
    return grid.knobs().protocol() == Protocol.AS_PUBLISHED
        && line.recipe().equals(Optional.of(RetainRecipe.WHOLE))
        && line.method().equals(Optional.of("cf"))
        && grid.methods().contains(MIXED_UP);
  }

  /** What the retain accuracy is taken on in the place of R: in the authors' code, for pruning. */
  private Map<String, StageKey> retained(Subject subject, Ground.Feed feed) {
    boolean onPrototypes =
        grid.knobs().protocol() == Protocol.AS_PUBLISHED
            && subject.recipe().filter(RetainRecipe::condenses).isPresent()
            && subject.method().equals(Optional.of(ON_PROTOTYPES));
    return onPrototypes ? feed.inputs() : Map.of();
  }

  private StageKey unlearned(Subject subject, StageKey split, Ground.Feed feed, StageKey start) {
    Card card = Recorder.card(repertoire.methods(), subject.method().orElseThrow());
    Map<String, StageKey> inputs = new LinkedHashMap<>(feed.inputs());
    inputs.put(StageKind.SPLIT.id(), split);
    for (StageKind need : card.needs()) {
      inputs.put(
          need.id(),
          switch (need) {
            case ORIGINAL -> start;
            case LOGITS -> stages.logits(subject, start);
            default ->
                throw new IllegalArgumentException(
                    "Method " + card.id() + " cannot take " + need.id() + " as an input");
          });
    }
    return stages.add(StageKind.UNLEARNED, subject, settings(card, subject), inputs, card);
  }

  private void score(
      Subject subject,
      Optional<Integer> clusters,
      StageKey logits,
      Ground ground,
      Optional<StageKey> parts,
      Map<String, StageKey> retained) {
    Card card = repertoire.evaluate();
    Map<String, StageKey> inputs = new LinkedHashMap<>(retained);
    inputs.put(StageKind.LOGITS.id(), logits);
    inputs.put(StageKind.SPLIT.id(), ground.split());
    parts.ifPresent(key -> inputs.put(StageKind.PARTS.id(), key));
    StageKey key = stages.add(StageKind.SCORES, subject, settings(card, subject), inputs, card);
    Cell cell =
        new Cell(
            subject.dataset(),
            subject.network().orElseThrow(),
            ground.scenario(),
            ground.round(),
            subject.method().orElseThrow(),
            subject.recipe().orElseThrow(),
            subject.condenser(),
            clusters,
            grid.knobs().protocol(),
            subject.seed());
    cells.add(cell);
    scores.put(cell, key);
    rows.add(new Row(cell, subject, logits, ground.split()));
  }

  /** Compares the rows of a network with the reference on the same split, where there is one. */
  private void compare() {
    Map<StageKey, StageKey> references = new HashMap<>(); // logits by split
    rows.stream()
        .filter(row -> row.cell().isReference())
        .forEach(row -> references.put(row.split(), row.logits()));
    for (Row row : rows) {
      StageKey reference = references.get(row.split());
      if (reference != null && !row.cell().isReference()) {
        distances.put(
            row.cell(), stages.distances(row.subject(), row.logits(), reference, row.split()));
      }
    }
    rows.clear();
  }

  private Settings settings(Card card, Subject subject) {
    return grid.knobs().settings(card, subject);
  }
}
