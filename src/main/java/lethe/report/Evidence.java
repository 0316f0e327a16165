package lethe.report;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lethe.plan.Cell;
import lethe.plan.Scenario;
import lethe.plan.Spec;
import lethe.plan.StageKind;

/** What finished cells say of the terms of formulas, place by place and seed by seed. */
final class Evidence {
  static final String OWN = "blend"; // the paper's condenser, meant where none is named
  private static final Set<StageKind> BEFORE =
      Set.of(StageKind.FEATURES, StageKind.CLUSTERS, StageKind.PARTS, StageKind.PROTOTYPES);

  private static final double PIXELS = 3 * 32 * 32; // of every image; one number a channel

  private final Map<Place, List<Result>> results;
  private final Map<Cell, List<Timing>> timings;
  private final Groundwork ground;

  private Evidence(
      Map<Place, List<Result>> results, Map<Cell, List<Timing>> timings, Groundwork ground) {
    this.results = results;
    this.timings = timings;
    this.ground = ground;
  }

  static Evidence of(Collection<Result> results, Collection<Timing> timings, Groundwork ground) {
    return new Evidence(
        results.stream()
            .sorted(Comparator.comparing(Result::cell, CellColumns.ORDER))
            .collect(Collectors.groupingBy(r -> Place.of(r.cell()))),
        timings.stream().collect(Collectors.groupingBy(Timing::cell)),
        ground);
  }

  /** Of the cells that cluster, only those with about as many images a cluster as the scope has. */
  Evidence within(Scope scope) {
    if (scope.perCluster().isEmpty()) {
      return this;
    }
    double wanted = scope.perCluster().getAsDouble();
    Map<Place, List<Result>> near = new HashMap<>();
    results.forEach(
        (place, list) ->
            near.put(
                place, list.stream().filter(r -> ground.hasPerCluster(r.cell(), wanted)).toList()));
    return new Evidence(near, timings, ground);
  }

  /** What else is known of the cells. */
  Groundwork ground() {
    return ground;
  }

  /** Where anything is finished, in the order of the sheets. */
  List<Place> places() {
    return results.values().stream()
        .map(list -> list.get(0).cell())
        .sorted(CellColumns.ORDER)
        .map(Place::of)
        .toList();
  }

  /** The seeds of which anything is finished there. */
  TreeSet<Long> seeds(Place place) {
    return results.getOrDefault(place, List.of()).stream()
        .map(r -> r.cell().seed())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The finished cell that a term is about. */
  Optional<Cell> cell(Place place, long seed, Formula.Term term) {
    return result(place, seed, term).map(Result::cell);
  }

  /** What the term is; NaN where it is not known. */
  double value(Place place, long seed, Formula.Term term) {
    Optional<Result> result = result(place, seed, term);
    if (result.isEmpty()) {
      return Double.NaN;
    }
    Cell cell = result.get().cell();
    return Quantity.of(term.quantity())
        .map(quantity -> value(cell, quantity))
        .orElseGet(() -> result.get().scores().values().getOrDefault(term.quantity(), Double.NaN));
  }

  /** What misleads about the seconds in a term, whichever stages they are of. */
  List<String> timeFlags(Cell cell, Formula.Term term) {
    return Quantity.of(term.quantity()).stream()
        .flatMap(quantity -> stages(cell, quantity).stream())
        .flatMap(timing -> timing.flags().stream())
        .toList();
  }

  private Optional<Result> result(Place place, long seed, Formula.Term term) {
    OptionalLong of = term.ofNextSeed() ? next(place, seed) : OptionalLong.of(seed);
    List<Result> found =
        results.getOrDefault(place, List.of()).stream()
            .filter(r -> of.isPresent() && r.cell().seed() == of.getAsLong())
            .filter(r -> isMeant(r.cell(), term))
            .toList();
    // of several condensers that the term could mean, the paper's; of several sizes, none
    List<Result> own = found.stream().filter(r -> hasCondenser(r.cell(), OWN)).toList();
    List<Result> meant = found.size() > 1 ? own : found;
    return meant.size() == 1 ? Optional.of(meant.get(0)) : Optional.empty();
  }

  /** The second of the pair whose first is {@code seed}: no seed is in two pairs. */
  private OptionalLong next(Place place, long seed) {
    List<Long> seeds = List.copyOf(seeds(place));
    int at = seeds.indexOf(seed);
    return at % 2 == 0 && at + 1 < seeds.size()
        ? OptionalLong.of(seeds.get(at + 1))
        : OptionalLong.empty();
  }

  private static boolean isMeant(Cell cell, Formula.Term term) {
    return cell.method().equals(term.method())
        && cell.recipe() == term.recipe()
        && cell.round() == term.round()
        && (term.condenser().isEmpty() || hasCondenser(cell, term.condenser().get()))
        && (term.imagesPerClass().isEmpty()
            || cell.imagesPerClass()
                .filter(k -> k == term.imagesPerClass().getAsInt())
                .isPresent());
  }

  private static boolean hasCondenser(Cell cell, String id) {
    return cell.condenser().filter(c -> c.id().equals(id)).isPresent();
  }

  private double value(Cell cell, Quantity quantity) {
    return switch (quantity) {
      case TIME, CONDENSATION, OVERHEAD -> seconds(stages(cell, quantity));
      case PASSES -> ground.passes(cell);
      case IMAGES -> footing(cell).map(f -> (double) f.led()).orElse(Double.NaN);
      case OPTIMISED -> footing(cell).map(f -> optimised(cell, f)).orElse(Double.NaN);
    };
  }

  /** The stages whose seconds a quantity is the sum of; none for what is no time. */
  private List<Timing> stages(Cell cell, Quantity quantity) {
    Set<StageKind> kinds =
        switch (quantity) {
          case TIME -> Set.of(StageKind.UNLEARNED);
          case CONDENSATION -> Set.of(StageKind.PROTOTYPES);
          case OVERHEAD -> BEFORE;
          case PASSES, IMAGES, OPTIMISED -> Set.of();
        };
    return timings.getOrDefault(cell, List.of()).stream()
        .filter(t -> kinds.contains(t.stage()))
        .toList();
  }

  /** NaN where nothing, or not everything, is measured. */
  private static double seconds(List<Timing> stages) {
    return stages.isEmpty() ? Double.NaN : stages.stream().mapToDouble(Timing::workSeconds).sum();
  }

  private Optional<Footing> footing(Cell cell) {
    return Optional.ofNullable(ground.footings().get(cell));
  }

  /** Blend: a weight an image; DM, GM and IDM: every pixel. NaN where images stay as they are. */
  private static double optimised(Cell cell, Footing footing) {
    String condenser = cell.condenser().map(Spec::id).orElse("");
    if (!(cell.scenario() instanceof Scenario.None)) {
      return Double.NaN;
    }
    return switch (condenser) {
      case OWN -> footing.retain();
      case "dm", "gm", "idm" -> footing.led() * PIXELS;
      default -> Double.NaN;
    };
  }
}
