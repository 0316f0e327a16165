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
 * @param dataset id of the only dataset it is about, if any
 * @param perCluster images in a cluster that it is about, if that matters; one of the paper's
 *     datasets then
 */
record Scope(Sort sort, Optional<String> dataset, OptionalDouble perCluster) {
  /** Sorts of scenarios that claims tell apart, and those that no cell is needed for. */
  enum Sort {
    ANY("any scenario"),
    CLASS("random-class"),
    UNIFORM("uniform-10"),
    NONE("none"),
    /** What is so before anything ran. */
    FACT("no scenario");

    private final String words;

    Sort(String words) {
      this.words = words;
    }

    boolean holds(Scenario scenario) {
      return this == ANY || this == of(scenario);
    }

    private static Sort of(Scenario scenario) {
      if (scenario instanceof Scenario.Uniform) {
        return UNIFORM;
      }
      boolean ofClasses =
          scenario instanceof Scenario.RandomClass || scenario instanceof Scenario.Classes;
      return ofClasses ? CLASS : scenario instanceof Scenario.None ? NONE : ANY;
    }
  }

  boolean isFact() {
    return sort == Sort.FACT;
  }

  boolean holds(Place place) {
    return !isFact()
        && sort.holds(place.scenario())
        && dataset.filter(id -> !id.equals(place.dataset().id())).isEmpty();
  }

  /** {@code svhn, random-class, 45 images a cluster}. */
  String text() {
    List<String> parts = new ArrayList<>(List.of(dataset.orElse("any dataset"), sort.words));
    perCluster.ifPresent(
        n ->
            parts.add(
                BigDecimal.valueOf(n).stripTrailingZeros().toPlainString() + " images a cluster"));
    return String.join(", ", parts);
  }
}
