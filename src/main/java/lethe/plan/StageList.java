package lethe.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The stages laid down so far, equal ones once, inputs before users. */
final class StageList {
  private final Recorder recorder;
  private final Map<StageKey, Stage> stages = new LinkedHashMap<>();

  StageList(Recorder recorder) {
    this.recorder = recorder;
  }

  Map<StageKey, Stage> stages() {
    return stages;
  }

  /**
   * Lays down a stage.
   *
   * @param card what its code belongs to
   */
  StageKey add(
      StageKind kind, Subject subject, Settings settings, Map<String, StageKey> inputs, Card card) {
    return put(recorder.stage(kind, subject, settings, new TreeMap<>(inputs), Optional.of(card)));
  }

  /** Lays down the logits of {@code weights}. */
  StageKey logits(Subject subject, StageKey weights) {
    return logits(subject, weights, Optional.empty());
  }

  /** Lays down the logits of {@code weights}, on {@code prototypes} too. */
  StageKey logits(Subject subject, StageKey weights, Optional<StageKey> prototypes) {
    SortedMap<String, StageKey> inputs = new TreeMap<>(Map.of("weights", weights));
    prototypes.ifPresent(key -> inputs.put(StageKind.PROTOTYPES.id(), key));
    return put(recorder.stage(StageKind.LOGITS, subject, Settings.NONE, inputs, Optional.empty()));
  }

  /** Lays down the distances of {@code logits} to those of a reference. */
  StageKey distances(Subject subject, StageKey logits, StageKey reference, StageKey split) {
    SortedMap<String, StageKey> inputs =
        new TreeMap<>(
            Map.of(
                StageKind.LOGITS.id(),
                logits,
                Stage.REFERENCE,
                reference,
                StageKind.SPLIT.id(),
                split));
    return put(
        recorder.stage(StageKind.DISTANCES, subject, Settings.NONE, inputs, Optional.empty()));
  }

  private StageKey put(Stage stage) {
    stages.putIfAbsent(stage.key(), stage);
    return stage.key();
  }
}
