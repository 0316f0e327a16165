package lethe.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Lays down what all networks and methods of one dataset and seed share. */
final class Preparation {
  private static final String FEATURES = StageKind.FEATURES.id();
  private static final String CLUSTERS = StageKind.CLUSTERS.id();
  private static final String SPLIT = StageKind.SPLIT.id();
  private static final String PARTS = StageKind.PARTS.id();
  private static final String PROTOTYPES = StageKind.PROTOTYPES.id();

  private final Grid grid;
  private final Repertoire repertoire;
  private final StageList stages;
  private final Subject data;
  private final List<Arm> arms;
  private final Map<Integer, StageKey> clusters = new LinkedHashMap<>();

  Preparation(Grid grid, Repertoire repertoire, StageList stages, Subject data, List<Arm> arms) {
    this.grid = grid;
    this.repertoire = repertoire;
    this.stages = stages;
    this.data = data;
    this.arms = arms;
    for (Arm arm : arms) {
      if (arm.recipe().parts()) {
        clusters.computeIfAbsent(
            arm.clusters().orElseThrow(), k -> clusters(data, k, Map.of(FEATURES, features())));
      }
    }
  }

  /** The rounds of one scenario. */
  List<Ground> rounds(Scenario scenario) {
    List<Ground> rounds = new ArrayList<>();
    for (int round = 0; round < grid.rounds(); round++) {
      rounds.add(ground(data.in(scenario, round), rounds.stream().findFirst()));
    }
    return rounds;
  }

  private Ground ground(Subject subject, Optional<Ground> first) {
    Card card = repertoire.split();
    StageKey split = stages.add(StageKind.SPLIT, subject, settings(card, subject), Map.of(), card);
    Map<Integer, StageKey> parts = new LinkedHashMap<>();
    clusters.forEach((k, key) -> parts.put(k, parts(subject, key, split)));
    boolean compared = grid.recipes().stream().anyMatch(RetainRecipe::isOnePart);
    Optional<StageKey> known =
        compared && parts.size() == 1 ? parts.values().stream().findFirst() : Optional.empty();
    Ground ground =
        new Ground(
            subject.scenario().orElseThrow(), subject.round(), split, known, new LinkedHashMap<>());
    for (Arm arm : arms) {
      Optional<StageKey> own = arm.clusters().map(parts::get).filter(k -> arm.recipe().parts());
      ground
          .feeds()
          .put(arm, new Ground.Feed(inputs(arm, subject, split, own, first), own.or(() -> known)));
    }
    return ground;
  }

  private Map<String, StageKey> inputs(
      Arm arm, Subject subject, StageKey split, Optional<StageKey> parts, Optional<Ground> first) {
    return switch (arm.recipe()) {
      case WHOLE -> Map.of();
      case FREE, RESIDUAL -> Map.of(PARTS, parts.orElseThrow());
      case REDUCED ->
          first
              .filter(ground -> !madeAnew(arm))
              .map(ground -> inLaterRound(ground.feed(arm).inputs(), parts.orElseThrow()))
              .orElseGet(() -> condensed(arm, subject, parts.orElseThrow(), clusters(arm)));
      case CONDENSED_WHOLE, CONDENSED_FREE, CONDENSED_RESIDUAL ->
          clusteredAgain(arm, subject.by(arm.recipe()), split, parts);
    };
  }

  /** Whether a later round makes prototypes of its own; the authors' code always does. */
  private boolean madeAnew(Arm arm) {
    return grid.knobs().protocol() == Protocol.AS_PUBLISHED || needsOwnParts(arm);
  }

  private boolean needsOwnParts(Arm arm) {
    return Recorder.card(repertoire.condensers(), arm.condenser().orElseThrow().id())
        .needs()
        .contains(StageKind.PARTS);
  }

  /** The prototypes of the first round, for the clusters that are still free. */
  private static Map<String, StageKey> inLaterRound(Map<String, StageKey> first, StageKey parts) {
    Map<String, StageKey> inputs = new TreeMap<>(first);
    inputs.put(PARTS, parts);
    Optional.ofNullable(first.get(PARTS)).ifPresent(key -> inputs.put(Stage.FIRST_PARTS, key));
    return inputs;
  }

  private Map<String, StageKey> clusteredAgain(
      Arm arm, Subject subject, StageKey split, Optional<StageKey> parts) {
    Map<String, StageKey> inputs = new TreeMap<>(Map.of(FEATURES, features(), SPLIT, split));
    parts.ifPresent(key -> inputs.put(PARTS, key));
    StageKey again = clusters(subject, arm.clusters().orElseThrow(), inputs);
    return condensed(arm, subject, parts(subject, again, split), again);
  }

  private Map<String, StageKey> condensed(
      Arm arm, Subject subject, StageKey parts, StageKey clusters) {
    Spec condenser = arm.condenser().orElseThrow();
    Card card = Recorder.card(repertoire.condensers(), condenser.id());
    SortedMap<String, String> settings =
        new TreeMap<>(grid.settings(condenser, card, subject).entries());
    settings.putAll(embedderOf(settings(repertoire.partition(), subject)));
    settings.put("condenser", condenser.id());
    Map<String, StageKey> inputs = Map.of(PARTS, parts, CLUSTERS, clusters);
    StageKey prototypes =
        stages.add(
            StageKind.PROTOTYPES, subject.with(condenser), new Settings(settings), inputs, card);
    return Map.of(PARTS, parts, PROTOTYPES, prototypes);
  }

  private StageKey parts(Subject subject, StageKey clusters, StageKey split) {
    Map<String, StageKey> inputs = Map.of(CLUSTERS, clusters, SPLIT, split);
    return stages.add(StageKind.PARTS, subject, Settings.NONE, inputs, repertoire.partition());
  }

  private StageKey features() {
    Card card = repertoire.partition();
    Settings embedder = new Settings(embedderOf(settings(card, data)));
    return stages.add(StageKind.FEATURES, data, embedder, Map.of(), card);
  }

  private StageKey clusters(Subject subject, int perClass, Map<String, StageKey> inputs) {
    Card card = repertoire.partition();
    SortedMap<String, String> settings = new TreeMap<>(settings(card, data).entries());
    settings.put(ClustersFit.KNOB, String.valueOf(perClass));
    return stages.add(StageKind.CLUSTERS, subject, new Settings(settings), inputs, card);
  }

  private StageKey clusters(Arm arm) {
    return Optional.ofNullable(clusters.get(arm.clusters().orElseThrow())).orElseThrow();
  }

  private Settings settings(Card card, Subject subject) {
    return grid.knobs().settings(card, subject);
  }

  /** The settings of the random network that embeds images; condensing reads them too. */
  private static SortedMap<String, String> embedderOf(Settings partition) {
    SortedMap<String, String> embedder = new TreeMap<>(partition.entries());
    embedder.keySet().removeIf(name -> !name.startsWith("embedder-"));
    return embedder;
  }
}
