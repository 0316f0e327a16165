package lethe.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Walks the axes of a grid once and lays down cells and stages. */
final class Planner {
  private static final int FIRST_ROUND = 0;

  private final Grid grid;
  private final Repertoire repertoire;
  private final Recorder recorder;
  private final List<Cell> cells = new ArrayList<>();
  private final Map<StageKey, Stage> stages = new LinkedHashMap<>();
  private final Map<Cell, StageKey> scores = new LinkedHashMap<>();

  Planner(Grid grid, Environment environment, Repertoire repertoire) {
    this.grid = grid;
    this.repertoire = repertoire;
    this.recorder = new Recorder(environment, repertoire);
  }

  Plan plan() {
    for (long seed : grid.seeds()) {
      for (Spec dataset : grid.datasets()) {
        plan(new Subject(dataset, none(), none(), FIRST_ROUND, none(), none(), seed));
      }
    }
    return new Plan(cells, stages, scores);
  }

  /** What the stages of one scenario share. */
  private record Ground(
      Scenario scenario, StageKey split, Optional<StageKey> parts, Optional<StageKey> prototypes) {}

  private void plan(Subject data) {
    Optional<StageKey> clusters = grid.condenses() ? Optional.of(clusters(data)) : none();
    List<Ground> grounds = new ArrayList<>();
    for (Scenario scenario : grid.scenarios()) {
      grounds.add(ground(on(data, scenario), scenario, clusters));
    }
    for (Spec network : grid.networks()) {
      Subject trained =
          new Subject(data.dataset(), Optional.of(network), none(), 0, none(), none(), data.seed());
      StageKey original =
          add(
              StageKind.ORIGINAL,
              trained,
              settings(repertoire.train(), trained),
              Map.of(),
              repertoire.train());
      StageKey logits = logits(trained, original);
      for (Ground ground : grounds) {
        score(trained, ground, RetainRecipe.WHOLE, Cell.ORIGINAL, logits);
        for (String method : grid.methods()) {
          for (RetainRecipe recipe : grid.recipes()) {
            Subject subject = on(trained, ground.scenario(), recipe, method);
            score(
                trained,
                ground,
                recipe,
                method,
                logits(subject, unlearned(subject, ground, original)));
          }
        }
      }
    }
  }

  private StageKey clusters(Subject data) {
    Card card = repertoire.partition();
    Settings partition = settings(card, data);
    Settings embedder = new Settings(embedderOf(partition));
    StageKey features = add(StageKind.FEATURES, data, embedder, Map.of(), card);
    SortedMap<String, String> settings = new TreeMap<>(partition.entries());
    settings.put("clusters-per-class", settings(condenser(), data).text("clusters-per-class"));
    Map<StageKind, StageKey> inputs = Map.of(StageKind.FEATURES, features);
    return add(StageKind.CLUSTERS, data, new Settings(settings), inputs, card);
  }

  private Ground ground(Subject subject, Scenario scenario, Optional<StageKey> clusters) {
    Card card = repertoire.split();
    StageKey split = add(StageKind.SPLIT, subject, settings(card, subject), Map.of(), card);
    if (clusters.isEmpty()) {
      return new Ground(scenario, split, none(), none());
    }
    StageKey parts =
        add(
            StageKind.PARTS,
            subject,
            Settings.NONE,
            Map.of(StageKind.CLUSTERS, clusters.get(), StageKind.SPLIT, split),
            repertoire.partition());
    SortedMap<String, String> settings = new TreeMap<>(settings(condenser(), subject).entries());
    settings.putAll(embedderOf(settings(repertoire.partition(), subject)));
    settings.put("condenser", grid.condenser());
    StageKey prototypes =
        add(
            StageKind.PROTOTYPES,
            subject,
            new Settings(settings),
            Map.of(StageKind.PARTS, parts, StageKind.CLUSTERS, clusters.get()),
            condenser());
    return new Ground(scenario, split, Optional.of(parts), Optional.of(prototypes));
  }

  private StageKey unlearned(Subject subject, Ground ground, StageKey original) {
    Card card = card(repertoire.methods(), subject.method().orElseThrow());
    Map<StageKind, StageKey> inputs = new LinkedHashMap<>();
    inputs.put(StageKind.SPLIT, ground.split());
    for (StageKind need : card.needs()) {
      if (need != StageKind.ORIGINAL) {
        throw new IllegalArgumentException(
            "Method " + card.id() + " cannot take " + need.id() + " as an input");
      }
      inputs.put(need, original);
    }
    if (subject.recipe().orElseThrow().condenses()) {
      inputs.put(StageKind.PARTS, ground.parts().orElseThrow());
      inputs.put(StageKind.PROTOTYPES, ground.prototypes().orElseThrow());
    }
    return add(StageKind.UNLEARNED, subject, settings(card, subject), inputs, card);
  }

  private StageKey logits(Subject subject, StageKey weights) {
    SortedMap<String, StageKey> inputs = new TreeMap<>(Map.of("weights", weights));
    return put(recorder.stage(StageKind.LOGITS, subject, Settings.NONE, inputs, Optional.empty()));
  }

  private void score(
      Subject trained, Ground ground, RetainRecipe recipe, String method, StageKey logits) {
    Subject subject = on(trained, ground.scenario(), recipe, method);
    Card card = repertoire.evaluate();
    StageKey key =
        add(
            StageKind.SCORES,
            subject,
            settings(card, subject),
            Map.of(StageKind.LOGITS, logits, StageKind.SPLIT, ground.split()),
            card);
    Cell cell =
        new Cell(
            subject.dataset(),
            trained.network().orElseThrow(),
            ground.scenario(),
            FIRST_ROUND,
            method,
            recipe,
            recipe.condenses() ? Optional.of(grid.condenser()) : none(),
            recipe.condenses() ? Optional.of(imagesPerClass(subject)) : none(),
            subject.seed());
    cells.add(cell);
    scores.put(cell, key);
  }

  private int imagesPerClass(Subject subject) {
    return settings(condenser(), subject).integer("clusters-per-class");
  }

  private StageKey add(
      StageKind kind,
      Subject subject,
      Settings settings,
      Map<StageKind, StageKey> inputs,
      Card card) {
    SortedMap<String, StageKey> byRole = new TreeMap<>();
    inputs.forEach((input, key) -> byRole.put(input.id(), key));
    return put(recorder.stage(kind, subject, settings, byRole, Optional.of(card)));
  }

  private StageKey put(Stage stage) {
    stages.putIfAbsent(stage.key(), stage);
    return stage.key();
  }

  private Settings settings(Card card, Subject subject) {
    return grid.knobs().settings(card, subject);
  }

  private Card condenser() {
    return card(repertoire.condensers(), grid.condenser());
  }

  private static Card card(Map<String, Card> cards, String id) {
    return Recorder.card(cards, id);
  }

  /** The settings of the random network that embeds images; condensing reads them too. */
  private static SortedMap<String, String> embedderOf(Settings partition) {
    SortedMap<String, String> embedder = new TreeMap<>(partition.entries());
    embedder.keySet().removeIf(name -> !name.startsWith("embedder-"));
    return embedder;
  }

  private static Subject on(Subject subject, Scenario scenario) {
    return new Subject(
        subject.dataset(),
        subject.network(),
        Optional.of(scenario),
        FIRST_ROUND,
        none(),
        none(),
        subject.seed());
  }

  private static Subject on(
      Subject subject, Scenario scenario, RetainRecipe recipe, String method) {
    return new Subject(
        subject.dataset(),
        subject.network(),
        Optional.of(scenario),
        FIRST_ROUND,
        Optional.of(recipe),
        Optional.of(method),
        subject.seed());
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }
}
