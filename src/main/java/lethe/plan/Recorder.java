package lethe.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Writes down everything that can change a stage's result, which makes its key. */
final class Recorder {
  private final Environment environment;
  private final Repertoire repertoire;
  private final Map<String, String> unsaid; // values that are in no key, by knob
  private final Map<String, Map<String, String>> names = new HashMap<>();
  private final Map<Long, String> numbers = new HashMap<>();
  private final Map<Pass, Integer> microBatches = new HashMap<>();
  private final EntryList<String> all = new EntryList<>();
  private final EntryList<StageKey> roles = new EntryList<>();

  /** What decides how many images fit. */
  private record Pass(Spec network, Settings settings) {}

  Recorder(Environment environment, Repertoire repertoire) {
    this.environment = environment;
    this.repertoire = repertoire;
    this.unsaid = repertoire.unsaid();
  }

  /**
   * A stage with its ingredients.
   *
   * @param card what its code belongs to, where the stage has settings
   */
  Stage stage(
      StageKind kind,
      Subject subject,
      Settings settings,
      SortedMap<String, StageKey> inputs,
      Optional<Card> card) {
    all.put("stage", kind.id());
    all.put("stage.version", text(kind.version()));
    card.ifPresent(c -> all.put(under("card.", c.block()), text(c.version())));
    all.put("seed", text(subject.seed()));
    dataset(subject.dataset());
    settings("settings.", settings);
    inputs.forEach(
        (role, key) -> {
          roles.put(role, key);
          all.put(under("input.", role), key.hex());
        });
    axes(kind, subject);
    environment(kind, subject, settings);
    return new Stage(kind, subject, settings, roles.take(), all.take());
  }

  private void dataset(Spec dataset) {
    String digest = environment.dataDigests().get(dataset.id());
    if (digest == null) {
      throw new IllegalArgumentException(
          "The environment has no digest of the images of " + dataset.id());
    }
    all.put("dataset", dataset.id());
    all.put("dataset.digest", digest);
    all.put("dataset.version", text(card(repertoire.datasets(), dataset.id()).version()));
    settings("dataset.settings.", dataset.settings());
  }

  private void settings(String prefix, Settings settings) {
    settings
        .entries()
        .forEach(
            (name, value) -> {
              if (!name.endsWith(Settings.PLACE) && !value.equals(unsaid.get(name))) {
                all.put(under(prefix, name), value);
              }
            });
  }

  /** The axes a stage's own work depends on; the others reach it through its inputs or not. */
  private void axes(StageKind kind, Subject subject) {
    boolean trains = kind == StageKind.ORIGINAL || kind == StageKind.UNLEARNED;
    if (trains || kind == StageKind.LOGITS) {
      subject.network().ifPresent(this::network);
    }
    if (kind == StageKind.SPLIT || kind == StageKind.UNLEARNED) {
      subject.scenario().ifPresent(scenario -> all.put("scenario", scenario.id()));
      all.put("round", text(subject.round()));
    }
    if (kind == StageKind.SPLIT && subject.scenario().orElseThrow() instanceof Scenario.File file) {
      all.put("scenario.digest", file.list().digest());
    }
    if (kind == StageKind.UNLEARNED || kind == StageKind.CLUSTERS) {
      subject.recipe().ifPresent(recipe -> all.put("recipe", recipe.id()));
    }
    if (kind == StageKind.UNLEARNED) {
      subject.method().ifPresent(method -> all.put("method", method));
    }
  }

  private void network(Spec network) {
    all.put("network", network.id());
    all.put("network.version", text(card(repertoire.networks(), network.id()).version()));
    settings("network.settings.", network.settings());
  }

  private void environment(StageKind kind, Subject subject, Settings settings) {
    // k-means is a CPU stage, but its distances are the engine's matrix products, on one thread
    if (kind.engine() || kind == StageKind.CLUSTERS) {
      all.put("engine", environment.engine());
      all.put("device-class", environment.deviceClass());
      all.put("precision", environment.precision());
    }
    if (kind.engine()) {
      all.put("engine-threads", text(environment.engineThreads()));
      Optional<Integer> smaller = smaller(kind, subject);
      all.put(
          Stage.MICRO_BATCH, text(smaller.orElseGet(() -> microBatch(kind, subject, settings))));
      smaller.ifPresent(images -> all.put(Stage.SMALLER_PASSES, "true"));
    }
  }

  /** The images of a pass where the stage's family ran out of memory before. */
  private Optional<Integer> smaller(StageKind kind, Subject subject) {
    return environment.passes().isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(environment.passes().get(Family.of(kind, subject).label()));
  }

  private int microBatch(StageKind kind, Subject subject, Settings settings) {
    boolean trains = kind == StageKind.ORIGINAL || kind == StageKind.UNLEARNED;
    return environment.microBatch() == 0 && trains
        ? microBatches.computeIfAbsent(
            new Pass(subject.network().orElseThrow(), settings),
            p -> repertoire.memory().microBatch(p.network(), p.settings(), environment.memory()))
        : environment.microBatch();
  }

  /** One text for each number, likewise. */
  private String text(long number) {
    return numbers.computeIfAbsent(number, String::valueOf);
  }

  /** One text for each name: a plan of 10⁵ stages would hold millions of equal ones. */
  private String under(String prefix, String name) {
    return names
        .computeIfAbsent(prefix, p -> new HashMap<>())
        .computeIfAbsent(name, n -> prefix + n);
  }

  static Card card(Map<String, Card> cards, String id) {
    Card card = cards.get(id);
    if (card == null) {
      throw new IllegalArgumentException("Nobody knows \"" + id + "\" among " + cards.keySet());
    }
    return card;
  }
}
