package lethe.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lethe.ledger.ArtifactStore;
import lethe.plan.Environment;
import lethe.plan.Plan;
import lethe.plan.Settings;
import lethe.plan.Spec;
import lethe.plan.Stage;
import lethe.plan.StageKey;
import lethe.plan.StageKind;
import lethe.plan.Subject;

/** A plan drawn by hand: stages with names. */
final class Sketch {
  private static final Spec GLYPHS = new Spec("glyphs", Settings.NONE, new TreeMap<>());
  static final Environment ENVIRONMENT =
      new Environment("fake-1", "cpu", "fp32", 1, 0, 0, new TreeMap<>(), new TreeMap<>());

  private final Map<StageKey, Stage> stages = new LinkedHashMap<>();
  private final Map<String, StageKey> keys = new LinkedHashMap<>();

  /** Adds a stage that reads what {@code inputs} leave. */
  Sketch stage(StageKind kind, String name, String... inputs) {
    SortedMap<String, StageKey> roles = new TreeMap<>();
    SortedMap<String, String> ingredients = new TreeMap<>(Map.of("name", name));
    for (String input : inputs) {
      roles.put(input, key(input));
      ingredients.put("input." + input, key(input).hex());
    }
    Subject subject = Subject.of(GLYPHS, 1);
    Stage stage = new Stage(kind, subject, Settings.NONE, roles, ingredients);
    stages.put(stage.key(), stage);
    keys.put(name, stage.key());
    return this;
  }

  /** One cell of the table: split, original, unlearned, logits, scores. */
  Sketch cell(String name) {
    return stage(StageKind.SPLIT, name + "-split")
        .stage(StageKind.ORIGINAL, name + "-original")
        .stage(StageKind.UNLEARNED, name + "-unlearned", name + "-split", name + "-original")
        .stage(StageKind.LOGITS, name + "-logits", name + "-unlearned")
        .stage(StageKind.SCORES, name + "-scores", name + "-logits", name + "-split");
  }

  StageKey key(String name) {
    StageKey key = keys.get(name);
    if (key == null) {
      throw new IllegalArgumentException("No stage " + name);
    }
    return key;
  }

  List<StageKey> keys() {
    return List.copyOf(keys.values());
  }

  Map<StageKey, Stage> stages() {
    return stages;
  }

  Stage stage(StageKey key) {
    return plan().stage(key);
  }

  String name(StageKey key) {
    return stage(key).ingredients().getOrDefault("name", "");
  }

  Plan plan() {
    return new Plan(List.of(), stages, Map.of(), Map.of());
  }

  Job job(Path folder, ArtifactStore store) {
    return new Job(plan(), ENVIRONMENT, "sketch", folder, store);
  }
}
