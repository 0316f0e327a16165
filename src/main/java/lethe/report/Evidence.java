package lethe.report;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lethe.plan.Cell;
import lethe.plan.Scenario;
import lethe.plan.StageKind;

/** What finished cells say of the terms of formulas, place by place and seed by seed. */
final class Evidence {
  private static final String OWN = "blend"; // the paper's condenser, meant where none is named
  private static final Set<StageKind> BEFORE =
      Set.of(StageKind.FEATURES, StageKind.CLUSTERS, StageKind.PARTS, StageKind.PROTOTYPES);

  private final Map<Place, List<Result>> results;
  private final Map<Cell, List<Timing>> timings;
  private final Map<Cell, Footing> footings;

  Evidence(Collection<Result> results, Collection<Timing> timings, Map<Cell, Footing> footings) {
    this.results =
        results.stream()
            .sorted(Comparator.comparing(Result::cell, CellColumns.ORDER))
            .collect(Collectors.groupingBy(r -> Place.of(r.cell())));
    this.timings = timings.stream().collect(Collectors.groupingBy(Timing::cell));
    this.footings = new HashMap<>(footings);
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

  /** What misleads about the seconds of the method. */
  List<String> timeFlags(Cell cell) {
    return ofStage(cell, StageKind.UNLEARNED).stream().flatMap(t -> t.flags().stream()).toList();
  }

  private Optional<Result> result(Place place, long seed, Formula.Term term) {
    List<Result> found =
        results.getOrDefault(place, List.of()).stream()
            .filter(r -> r.cell().seed() == seed && isMeant(r.cell(), term))
            .toList();
    // of several condensers that the term could mean, the paper's; of several sizes, none
    List<Result> own = found.stream().filter(r -> hasCondenser(r.cell(), OWN)).toList();
    List<Result> meant = found.size() > 1 ? own : found;
    return meant.size() == 1 ? Optional.of(meant.get(0)) : Optional.empty();
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
      case TIME -> seconds(ofStage(cell, StageKind.UNLEARNED));
      case CONDENSATION -> seconds(ofStage(cell, StageKind.PROTOTYPES));
      case OVERHEAD ->
          seconds(
              timings.getOrDefault(cell, List.of()).stream()
                  .filter(t -> BEFORE.contains(t.stage()))
                  .toList());
      case PASSES -> passes(cell);
      case IMAGES ->
          Optional.ofNullable(footings.get(cell))
              .map(footing -> (double) footing.led())
              .orElse(Double.NaN);
    };
  }

  private List<Timing> ofStage(Cell cell, StageKind kind) {
    return timings.getOrDefault(cell, List.of()).stream().filter(t -> t.stage() == kind).toList();
  }

  /** NaN where nothing, or not everything, is measured. */
  private static double seconds(List<Timing> stages) {
    return stages.isEmpty() ? Double.NaN : stages.stream().mapToDouble(Timing::workSeconds).sum();
  }

  private double passes(Cell cell) {
    Footing footing = footings.get(cell);
    if (footing == null) {
      return Double.NaN;
    }
    double all = (double) footing.forget() + footing.retain();
    // where classes are forgotten, T' is T's share of them; classes are taken as balanced
    double share = cell.scenario() instanceof Scenario.Uniform ? 1 : footing.forget() / all;
    return footing.passes(footing.unseen() * share);
  }
}
