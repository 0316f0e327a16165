package lethe.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import lethe.plan.Cell;
import lethe.plan.RetainRecipe;
import lethe.plan.Settings;

/**
 * What a row took over what Retraining on the whole retain set took, in seconds and in image
 * passes, and the epochs of both: without them a ratio beside the paper's says little.
 *
 * @param results all there are
 * @param trainings by the row in its first round
 */
record TimeRatios(
    List<Result> results,
    Map<Cell, List<Timing>> trainings,
    Groundwork ground,
    AuthorsSettings authors) {
  private static final String UNKNOWN = "–";

  /** Of the row's seeds: time ratio, ratio of passes, epochs {@code 30 : 60}. */
  List<String> here(List<Result> seeds) {
    Cell cell = seeds.get(0).cell();
    return List.of(
        Estimate.of(ratios(seeds, this::seconds)).text(),
        Estimate.of(ratios(seeds, ground::passes)).text(),
        epochs(cell.method(), id -> ourEpochs(cell, id)));
  }

  /** The authors' epochs, written the same way. */
  String theirEpochs(Cell cell) {
    return epochs(cell.method(), id -> theirEpochs(cell, id));
  }

  private static String epochs(String method, UnaryOperator<String> of) {
    return of.apply(method) + " : " + of.apply(ScoreSheet.REFERENCE);
  }

  private String ourEpochs(Cell cell, String method) {
    Optional<Cell> of = method.equals(cell.method()) ? Optional.of(cell) : reference(cell);
    return of.map(c -> ground.settings(c).getOrDefault(method, Settings.NONE))
        .filter(own -> own.has("epochs"))
        .map(own -> own.text("epochs"))
        .orElse(UNKNOWN);
  }

  private String theirEpochs(Cell cell, String method) {
    Map<String, List<String>> own = authors.of(cell).getOrDefault(method, Map.of());
    return String.join(" or ", own.getOrDefault("epochs", List.of(UNKNOWN)));
  }

  /** Seed by seed, where both are known. */
  private List<Double> ratios(List<Result> seeds, ToDoubleFunction<Cell> amount) {
    return seeds.stream()
        .flatMap(
            r ->
                reference(r.cell())
                    .map(c -> amount.applyAsDouble(r.cell()) / amount.applyAsDouble(c))
                    .stream())
        .filter(Double::isFinite)
        .toList();
  }

  private Optional<Cell> reference(Cell cell) {
    Predicate<Cell> isReference =
        c ->
            Place.of(c).equals(Place.of(cell))
                && c.seed() == cell.seed()
                && c.method().equals(ScoreSheet.REFERENCE)
                && c.recipe() == RetainRecipe.WHOLE;
    return results.stream().map(Result::cell).filter(isReference).findFirst();
  }

  private double seconds(Cell cell) {
    return trainings.getOrDefault(cell, List.of()).stream()
        .filter(t -> t.cell().equals(cell))
        .mapToDouble(Timing::workSeconds)
        .findFirst()
        .orElse(Double.NaN);
  }
}
