package lethe.report;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import lethe.plan.Cell;
import lethe.plan.Spec;

/**
 * How the condensers of a claim must be run for it to say something of them. Who runs a rival for a
 * hundredth of its iterations beats it easily, and is no slower by that.
 *
 * @param sort what the claim says
 * @param settings the authors'
 */
record Rivals(Sort sort, AuthorsSettings settings) {
  /** Settings that a condenser works the longer for, the more they are. */
  private static final Set<String> WORK = Set.of("iterations", "batch", "networks");

  /** What settings a claim bears. */
  enum Sort {
    /** Any. */
    ANY,
    /** The authors', in all. */
    AS_AUTHORS,
    /** A rival may work less, or Blend more: what holds then holds the more. */
    A_FORTIORI
  }

  /** A setting of a condenser that is not the authors'. */
  private record Odd(String condenser, AuthorsSettings.Departure departure) {
    boolean isWork() {
      return WORK.contains(departure.knob());
    }

    /** Whether it makes the rival's time short, or Blend's long. */
    boolean isAgainstClaim() {
      return condenser.equals(Evidence.OWN) ? departure.side() > 0 : departure.side() < 0;
    }

    String words() {
      return condenser + " has " + departure.words();
    }
  }

  /** What keeps the claim from being judged on {@code cells}, a note each. */
  Set<String> hindrances(Collection<Cell> cells, Groundwork ground) {
    return switch (sort) {
      case ANY -> Set.of();
      case AS_AUTHORS ->
          notes(odd(cells, ground), "about condensers as the authors run them: here ");
      case A_FORTIORI ->
          notes(
              odd(cells, ground).filter(o -> o.isWork() && !o.isAgainstClaim()),
              "about condensers that work no less than here: ");
    };
  }

  /** What makes the claim harder to hold than the authors' settings would. */
  Set<String> handicaps(Collection<Cell> cells, Groundwork ground) {
    return sort == Sort.A_FORTIORI
        ? notes(
            odd(cells, ground).filter(o -> o.isWork() && o.isAgainstClaim()),
            "only more so with the authors' settings: here ")
        : Set.of();
  }

  private static Set<String> notes(Stream<Odd> odd, String beginning) {
    Set<String> notes = new TreeSet<>();
    odd.forEach(o -> notes.add(beginning + o.words()));
    return notes;
  }

  private Stream<Odd> odd(Collection<Cell> cells, Groundwork ground) {
    return cells.stream().flatMap(cell -> odd(cell, ground).stream());
  }

  private List<Odd> odd(Cell cell, Groundwork ground) {
    Optional<String> condenser = cell.condenser().map(Spec::id);
    return settings.departures(cell, ground.settings(cell)).stream()
        .filter(d -> condenser.filter(d.block()::equals).isPresent())
        .map(d -> new Odd(d.block(), d))
        .toList();
  }
}
