package lethe.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lethe.plan.Cell;
import lethe.plan.StageKey;
import lethe.plan.StageKind;

/**
 * What the time columns leave out: seconds a seed, a stage that many cells use counting once.
 *
 * @param timings of the cells they are told of
 */
record Overheads(List<Timing> timings) {
  /** Every kind there is, in words; empty where there is none. */
  String text() {
    List<String> parts = new ArrayList<>();
    original().ifPresent(parts::add);
    answers().ifPresent(parts::add);
    parts.addAll(parting());
    return String.join(", ", parts);
  }

  Optional<String> original() {
    return words("training of the original", StageKind.ORIGINAL);
  }

  /** What the original weights say of all images, where a method has them for a teacher. */
  Optional<String> answers() {
    Set<StageKey> ofOriginals =
        timings.stream()
            .filter(t -> t.stage() == StageKind.LOGITS && isOriginal(t))
            .map(Timing::key)
            .collect(Collectors.toSet());
    List<Timing> taught =
        timings.stream().filter(t -> ofOriginals.contains(t.key()) && !isOriginal(t)).toList();
    return new Overheads(taught).words("answers of the original", StageKind.LOGITS);
  }

  private static boolean isOriginal(Timing timing) {
    return timing.cell().method().equals(Cell.ORIGINAL);
  }

  /** What prototypes and parts cost. */
  List<String> parting() {
    List<String> parts = new ArrayList<>();
    words("features", StageKind.FEATURES).ifPresent(parts::add);
    words("clusters", StageKind.CLUSTERS).ifPresent(parts::add);
    clusters().ifPresent(sum -> parts.add("clusters in all " + sum.text()));
    words("F-sampling", StageKind.PARTS).ifPresent(parts::add);
    words("condensation", StageKind.PROTOTYPES).ifPresent(parts::add);
    return parts;
  }

  private Optional<String> words(String title, StageKind kind) {
    Estimate estimate = Estimate.of(List.copyOf(bySeed(kind).values()));
    return estimate.n() > 0 ? Optional.of(title + " " + estimate.text()) : Optional.empty();
  }

  /**
   * The paper counts features and clusters as one: their sum, seed by seed where both are there.
   */
  private Optional<Estimate> clusters() {
    Map<Long, Double> features = bySeed(StageKind.FEATURES);
    List<Double> sums =
        bySeed(StageKind.CLUSTERS).entrySet().stream()
            .map(e -> e.getValue() + features.getOrDefault(e.getKey(), Double.NaN))
            .toList();
    return Optional.of(Estimate.of(sums)).filter(estimate -> estimate.n() > 0);
  }

  private Map<Long, Double> bySeed(StageKind kind) {
    Map<Long, Double> seconds = new TreeMap<>();
    Set<StageKey> seen = new HashSet<>();
    timings.stream()
        .filter(t -> t.stage() == kind && seen.add(t.key()))
        .forEach(t -> seconds.merge(t.cell().seed(), t.workSeconds(), Double::sum));
    return seconds;
  }
}
