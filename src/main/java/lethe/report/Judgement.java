package lethe.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import lethe.plan.Cell;
import lethe.plan.Settings;

/**
 * A claim held against what is measured at one place, seed by seed: both sides of a difference or a
 * ratio come from the same seed.
 *
 * @param place empty for a claim about facts, which needs no cell
 * @param expected the same with image passes in the place of seconds, where it is about seconds of
 *     methods alone and their passes are known
 * @param seeds of which every term is known
 * @param cells it rests on
 * @param notes what misleads about the seconds among them, or keeps it from being judged
 */
record Judgement(
    Claim claim,
    Optional<Place> place,
    List<Long> seeds,
    Estimate measured,
    Estimate expected,
    Verdict verdict,
    List<Cell> cells,
    List<String> notes) {
  private static final String STUCK =
      "every score in it is %.0f in every seed: where nothing can move, nothing shows";

  static Judgement of(Claim claim, Place place, Evidence everything) {
    Evidence evidence = everything.within(claim.scope());
    List<Long> seeds = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    List<Double> byPasses = new ArrayList<>();
    Set<Cell> cells = new LinkedHashSet<>();
    Set<Double> scores = new TreeSet<>();
    Set<String> notes = new TreeSet<>();
    Set<String> hindrances = new TreeSet<>();
    for (long seed : evidence.seeds(place)) {
      double value = claim.measured().value(term -> evidence.value(place, seed, term));
      if (Double.isFinite(value)) {
        seeds.add(seed);
        values.add(value);
        byPasses.add(byPasses(claim, term -> evidence.value(place, seed, term)));
        for (Formula.Term term : claim.terms()) {
          Cell cell = evidence.cell(place, seed, term).orElseThrow();
          cells.add(cell);
          scores.add(evidence.value(place, seed, term));
          evidence.timeFlags(cell, term).forEach(flag -> notes.add("times: " + flag));
        }
      }
    }
    stuck(claim, scores).ifPresent(hindrances::add);
    Groundwork ground = evidence.ground();
    hindrances.addAll(hindrances(claim, place, cells, ground));
    Set<String> handicaps = claim.rivals().handicaps(cells, ground);
    notes.addAll(hindrances);
    notes.addAll(handicaps);
    epochs(claim, cells, ground).ifPresent(notes::add);
    protocol(claim, cells).filter(p -> hindrances.isEmpty()).ifPresent(notes::add);
    Estimate measured = Estimate.of(values);
    return new Judgement(
        claim,
        Optional.of(place),
        List.copyOf(seeds),
        measured,
        Estimate.of(byPasses),
        verdict(claim, measured, hindrances, handicaps),
        List.copyOf(cells),
        List.copyOf(notes));
  }

  /** Whether the authors' defects are in what is held against their numbers. */
  private static Optional<String> protocol(Claim claim, Collection<Cell> cells) {
    return cells.stream()
        .filter(cell -> claim.authors().isPresent())
        .map(cell -> "protocol " + cell.protocol().id() + ": docs/protocol.md")
        .findFirst();
  }

  /** With handicaps, only what the paper says can be shown. */
  private static Verdict verdict(
      Claim claim, Estimate measured, Set<String> hindrances, Set<String> handicaps) {
    Verdict verdict = Verdict.of(claim.range(), measured);
    boolean stands = handicaps.isEmpty() || verdict == claim.theirs();
    return hindrances.isEmpty() && stands ? verdict : Verdict.UNDETERMINED;
  }

  /** What a claim about times would come to if an image pass took as long everywhere; else NaN. */
  private static double byPasses(Claim claim, ToDoubleFunction<Formula.Term> evidence) {
    return claim.isOfTimes()
        ? claim.measured().value(term -> evidence.applyAsDouble(term.asPasses()))
        : Double.NaN;
  }

  /**
   * {@code epochs here: a-cf 1, cf 30; the authors': a-cf 1, cf 50}, where methods are compared.
   */
  private static Optional<String> epochs(Claim claim, Collection<Cell> cells, Groundwork ground) {
    Map<String, Set<String>> here = new TreeMap<>();
    Map<String, Set<String>> theirs = new TreeMap<>();
    for (Cell cell : cells) {
      String method = cell.method();
      Settings own = ground.settings(cell).getOrDefault(method, Settings.NONE);
      List<String> wanted =
          claim.rivals().settings().of(cell).getOrDefault(method, Map.of()).get("epochs");
      if (own.has("epochs") && wanted != null) {
        here.computeIfAbsent(method, m -> new TreeSet<>()).add(own.text("epochs"));
        theirs.computeIfAbsent(method, m -> new TreeSet<>()).addAll(wanted);
      }
    }
    return claim.isOfTimes() && here.size() > 1
        ? Optional.of("epochs here: %s; the authors': %s".formatted(words(here), words(theirs)))
        : Optional.empty();
  }

  private static String words(Map<String, Set<String>> epochs) {
    return epochs.entrySet().stream()
        .map(e -> e.getKey() + " " + String.join(" or ", e.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** What keeps a claim from being judged on these cells, whatever they measured. */
  private static Set<String> hindrances(
      Claim claim, Place place, Collection<Cell> cells, Groundwork ground) {
    Set<String> hindrances = new TreeSet<>(claim.rivals().hindrances(cells, ground));
    claim.authors().ifPresent(a -> hindrances.addAll(a.departures(place, cells, ground)));
    return hindrances;
  }

  /** A note, where every score that a claim compares stands at the same end of the scale. */
  private static Optional<String> stuck(Claim claim, Set<Double> scores) {
    boolean compares =
        claim.terms().size() > 1
            && claim.terms().stream().allMatch(t -> Quantity.of(t.quantity()).isEmpty());
    return scores.stream()
        .filter(end -> compares && scores.size() == 1 && (end == 0 || end == 100))
        .findFirst()
        .map(STUCK::formatted);
  }

  /**
   * A claim that needs no cell.
   *
   * @param parameters of networks, by id
   */
  static Judgement ofFact(Claim claim, Map<String, Integer> parameters) {
    Estimate exact =
        Estimate.exact(
            claim
                .measured()
                .value(
                    t ->
                        parameters.containsKey(t.method())
                            ? parameters.get(t.method())
                            : Double.NaN));
    return new Judgement(
        claim,
        Optional.empty(),
        List.of(),
        exact,
        Estimate.of(List.of()),
        Verdict.of(claim.range(), exact),
        List.of(),
        List.of());
  }

  /** The verdict; of a control that it does not show anything, for then no error shows either. */
  String words() {
    return claim.control() && verdict == Verdict.UNDETERMINED ? "not shown" : verdict.words();
  }

  String title() {
    return place.map(Place::title).orElse("before any run");
  }
}
