package lethe.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import lethe.plan.Scenario;

/**
 * To which results a claim belongs.
 *
 * @param scenarios ids of those it is about; empty for what is so before anything ran
 * @param dataset id of the only dataset it is about, if any
 * @param perCluster images in a cluster that it is about, if that matters; one of the paper's
 *     datasets then
 */
record Scope(List<String> scenarios, Optional<String> dataset, OptionalDouble perCluster) {
  private static final String CLASS = "random-class"; // the paper's two
  private static final String UNIFORM = "uniform-10";

  /**
   * The scenarios a claim's word stands for: the paper's own, or the one it names.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  static List<String> scenarios(String word) {
    return switch (word) {
      case "any" -> List.of(CLASS, UNIFORM);
      case "class" -> List.of(CLASS);
      case "uniform" -> List.of(UNIFORM);
      case "fact" -> List.of();
      default ->
          List.of(
              Scenario.of(word)
                  .orElseThrow(
                      () -> new IllegalArgumentException("There is no scenario \"" + word + "\"."))
                  .id());
    };
  }

  boolean isFact() {
    return scenarios.isEmpty();
  }

  boolean holds(Place place) {
    return scenarios.contains(place.scenario().id())
        && dataset.filter(id -> !id.equals(place.dataset().id())).isEmpty();
  }

  /** {@code svhn, random-class, 45 images a cluster}. */
  String text() {
    String where = isFact() ? "no scenario" : String.join(" or ", scenarios);
    List<String> parts = new ArrayList<>(List.of(dataset.orElse("any dataset"), where));
    perCluster.ifPresent(
        n ->
            parts.add(
                BigDecimal.valueOf(n).stripTrailingZeros().toPlainString() + " images a cluster"));
    return String.join(", ", parts);
  }
}
