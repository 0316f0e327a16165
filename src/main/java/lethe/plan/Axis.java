package lethe.plan;

import java.util.Locale;
import java.util.Optional;

/** What an override may ask for in its {@code when}. */
public enum Axis {
  DATASET,
  NETWORK,
  SCENARIO,
  RECIPE,
  CONDENSER,
  METHOD;

  /** The name in {@code when}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The list of an experiment that holds its names. */
  public String list() {
    return id() + "s";
  }

  /** The name that {@code subject} has on this axis. */
  Optional<String> of(Subject subject) {
    return switch (this) {
      case DATASET -> Optional.of(subject.dataset().id());
      case NETWORK -> subject.network().map(Spec::id);
      case SCENARIO -> subject.scenario().map(Scenario::id);
      case RECIPE -> subject.recipe().map(RetainRecipe::id);
      case CONDENSER -> subject.condenser().map(Spec::id);
      case METHOD -> subject.method();
    };
  }
}
