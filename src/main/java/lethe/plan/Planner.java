package lethe.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Walks the axes of a grid once and lays down cells and stages. */
final class Planner {
  private final Grid grid;
  private final Repertoire repertoire;
  private final StageList stages;
  private final List<Cell> cells = new ArrayList<>();
  private final Map<Cell, StageKey> scores = new LinkedHashMap<>();

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
    return new Plan(cells, stages.stages(), scores);
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
      StageKey original =
          stages.add(StageKind.ORIGINAL, trained, settings(train, trained), Map.of(), train);
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
    }
  }

  private void original(Subject trained, Ground ground, StageKey logits) {
    Subject subject =
        trained.in(ground.scenario(), ground.round()).by(RetainRecipe.WHOLE).by(Cell.ORIGINAL);
    score(subject, Optional.empty(), logits, ground, ground.parts());
  }

  /** One row of each round, every one from the weights of the one before. */
  private void rounds(Subject line, Arm arm, List<Ground> rounds, StageKey original) {
    StageKey start = original;
    for (Ground ground : rounds) {
      Subject inRound = line.in(ground.scenario(), ground.round());
      Subject subject = arm.condenser().map(inRound::with).orElse(inRound);
      Ground.Feed feed = ground.feed(arm);
      start = unlearned(subject, ground.split(), feed, start);
      score(subject, arm.clusters(), stages.logits(subject, start), ground, feed.parts());
    }
  }

  private StageKey unlearned(Subject subject, StageKey split, Ground.Feed feed, StageKey start) {
    Card card = Recorder.card(repertoire.methods(), subject.method().orElseThrow());
    Map<String, StageKey> inputs = new LinkedHashMap<>(feed.inputs());
    inputs.put(StageKind.SPLIT.id(), split);
    for (StageKind need : card.needs()) {
      if (need != StageKind.ORIGINAL) {
        throw new IllegalArgumentException(
            "Method " + card.id() + " cannot take " + need.id() + " as an input");
      }
      inputs.put(need.id(), start);
    }
    return stages.add(StageKind.UNLEARNED, subject, settings(card, subject), inputs, card);
  }

  private void score(
      Subject subject,
      Optional<Integer> clusters,
      StageKey logits,
      Ground ground,
      Optional<StageKey> parts) {
    Card card = repertoire.evaluate();
    Map<String, StageKey> inputs = new LinkedHashMap<>();
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
            subject.seed());
    cells.add(cell);
    scores.put(cell, key);
  }

  private Settings settings(Card card, Subject subject) {
    return grid.knobs().settings(card, subject);
  }
}
