package lethe.report;

import java.math.BigDecimal;
import java.util.Optional;
import lethe.plan.Scenario;

/**
 * A quantitative statement that can hold or not.
 *
 * @param id unique; for scripts
 * @param source where the paper says so
 * @param text what it says
 * @param scenario to which scenarios it belongs
 * @param dataset id of the only dataset it is about, if any
 * @param fullSize whether it is about the authors' settings, so that a smaller dataset or network
 *     proves nothing
 * @param formula the number it is about
 * @param from least value of that number for which it holds; may be -infinity
 * @param to largest one; may be infinity
 * @param control whether it is known to be false, so that a sound judgement must not let it hold
 */
record Claim(
    String id,
    String source,
    String text,
    Sort scenario,
    Optional<String> dataset,
    boolean fullSize,
    String formula,
    Formula measured,
    double from,
    double to,
    boolean control) {
  /** Sorts of scenarios that claims tell apart. */
  enum Sort {
    ANY,
    CLASS,
    UNIFORM,
    NONE;

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

  boolean isAbout(Place place) {
    return scenario.holds(place.scenario())
        && dataset.filter(id -> !id.equals(place.dataset().id())).isEmpty();
  }

  /** What the number must be for it to hold, in words. */
  String region() {
    if (Double.isInfinite(from)) {
      return "at most " + number(to);
    }
    return Double.isInfinite(to) ? "at least " + number(from) : number(from) + " to " + number(to);
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
