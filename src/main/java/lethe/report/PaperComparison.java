package lethe.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import lethe.kernel.array.MeanCi;
import lethe.kernel.array.MeanDifference;
import lethe.plan.Cell;
import lethe.plan.RetainRecipe;

/**
 * Our numbers beside those the paper prints, for datasets and scenarios of its Tables 1 to 4. Times
 * are compared as ratios to Retraining on the whole retain set, which do not depend on the machine,
 * beside what image passes come to and the epochs of both, here and in the paper.
 *
 * <p>Only the paper's arms stand here: the whole retain set, and what Blend makes of clusters of
 * the paper's size. Where dataset, network and every setting of a row are the authors', Welch's
 * test says whether two means differ; for anything else the paper's numbers stand there for
 * orientation, and nothing is tested. Networks that the paper does not have stand beside its
 * ResNet-18.
 */
public final class PaperComparison {
  private static final double LEVEL = 0.95;
  private static final String STAND_IN = "resnet-18";
  private static final List<String> METRICS =
      List.of("mia-published", "retain-accuracy", "forget-accuracy", "test-accuracy");

  private final PaperNumbers paper = PaperNumbers.load();
  private final List<String> methods;
  private final Map<String, String> titles;
  private final List<Result> results;
  private final Groundwork ground;
  private final AuthorsSettings authors = AuthorsSettings.load();
  private final TimeRatios ratios;

  /**
   * @param methods ids in the grid's order
   * @param titles what tables print for a method's id
   * @param ground what else is known of the cells
   */
  public PaperComparison(
      List<String> methods,
      Map<String, String> titles,
      Collection<Result> results,
      Collection<Timing> timings,
      Groundwork ground) {
    this.methods = List.copyOf(methods);
    this.titles = Map.copyOf(titles);
    this.results =
        results.stream()
            .filter(r -> r.cell().round() == 0)
            .sorted(Comparator.comparing(Result::cell, CellColumns.ORDER))
            .toList();
    this.ground = ground;
    this.ratios = new TimeRatios(this.results, Entry.trainings(timings), ground, authors);
  }

  /** The rows of one method on one arm. */
  private record Line(String method, TableArm arm) {}

  /** A section for each table of the paper that the grid has something of; nothing for others. */
  public String text() {
    Map<Place, Map<Line, List<Result>>> places = new LinkedHashMap<>();
    for (Result result : results) {
      Cell cell = result.cell();
      if (isCompared(cell) && paper.find(cell, network(cell), METRICS.get(0)).isPresent()) {
        places
            .computeIfAbsent(Place.of(cell), p -> new LinkedHashMap<>())
            .computeIfAbsent(new Line(cell.method(), TableArm.of(cell)), l -> new ArrayList<>())
            .add(result);
      }
    }
    StringBuilder text = new StringBuilder();
    places.forEach((place, lines) -> text.append(section(place, lines)));
    return text.toString();
  }

  /** Whether the paper has such an arm: its condenser, and clusters of about its size. */
  private boolean isCompared(Cell cell) {
    OptionalDouble perCluster = authors.perCluster(cell.dataset().id());
    return cell.recipe() == RetainRecipe.WHOLE
        || (cell.condenser().filter(c -> c.id().equals(Evidence.OWN)).isPresent()
            && perCluster.isPresent()
            && ground.hasPerCluster(cell, perCluster.getAsDouble()));
  }

  private static String network(Cell cell) {
    String id = cell.network().id();
    return id.startsWith("resnet-") ? id.replace("-bn", "") : STAND_IN;
  }

  private String section(Place place, Map<Line, List<Result>> lines) {
    Cell any = lines.values().iterator().next().get(0).cell();
    String theirs = network(any);
    List<String> reasons = reasons(place, theirs);
    Map<Line, Boolean> tested = new LinkedHashMap<>();
    TreeSet<String> odd = new TreeSet<>();
    lines.forEach(
        (line, seeds) -> {
          List<String> own = seeds.stream().flatMap(r -> departures(r.cell()).stream()).toList();
          tested.put(line, reasons.isEmpty() && own.isEmpty());
          odd.addAll(own);
        });
    List<List<String>> rows =
        lines.entrySet().stream()
            .sorted(
                Comparator.<Map.Entry<Line, List<Result>>>comparingInt(
                        e -> methods.indexOf(e.getKey().method()))
                    .thenComparing(e -> e.getKey().arm(), TableArm.ORDER))
            .map(e -> row(e.getKey(), e.getValue(), theirs, tested.getOrDefault(e.getKey(), false)))
            .toList();
    return "## Beside the paper: %s\n\n".formatted(place.title())
        + Columns.markdown(
            List.of(
                "method",
                "retain set",
                "n",
                "MIA",
                "paper",
                "retain",
                "paper",
                "forget",
                "paper",
                "test",
                "paper",
                "time / Retraining",
                "by passes",
                "epochs",
                "paper",
                "epochs"),
            rows)
        + "\n"
        + note(reasons, odd, tested.containsValue(true));
  }

  private List<String> departures(Cell cell) {
    return AuthorsSettings.words(authors.departures(cell, ground.settings(cell)));
  }

  private static String note(List<String> reasons, TreeSet<String> odd, boolean tested) {
    List<String> all = new ArrayList<>(reasons);
    all.addAll(odd);
    if (!tested) {
      return "Not the paper's setting (%s): its numbers stand here for orientation, and nothing is tested.\n\n"
          .formatted(String.join("; ", all));
    }
    return "\"≠\": the two means differ, p < 0.05 by Welch's test of our seeds against the paper's three repeats.%s\n\n"
        .formatted(
            odd.isEmpty()
                ? ""
                : " Rows with other settings are not tested: " + String.join("; ", odd) + ".");
  }

  /** Why no row of a place is the paper's; empty where rows can be. */
  private static List<String> reasons(Place place, String theirs) {
    List<String> reasons = new ArrayList<>();
    place.dataset().departures().forEach((name, value) -> reasons.add(name + " = " + value));
    if (!place.network().id().equals(theirs)) {
      reasons.add(place.network().id() + " beside the paper's " + theirs);
    }
    place.network().departures().forEach((name, value) -> reasons.add(name + " = " + value));
    return reasons;
  }

  private List<String> row(Line line, List<Result> seeds, String theirs, boolean same) {
    Cell cell = seeds.get(0).cell();
    List<String> row = new ArrayList<>();
    row.add(titles.getOrDefault(line.method(), line.method()));
    row.add(line.arm().recipe().id());
    row.add(String.valueOf(seeds.size()));
    for (String metric : METRICS) {
      List<Double> ours =
          seeds.stream()
              .map(r -> r.scores().values().get(metric))
              .filter(Objects::nonNull)
              .toList();
      Optional<MeanCi> published = paper.find(cell, theirs, metric);
      row.add(Estimate.of(ours).text());
      row.add(
          published.map(PaperComparison::text).orElse("–")
              + (same && published.filter(p -> differ(ours, p)).isPresent() ? " ≠" : ""));
    }
    row.addAll(ratios.here(seeds));
    row.add(
        paper
            .timeRatio(cell, theirs)
            .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
            .orElse("–"));
    row.add(ratios.theirEpochs(cell));
    return row;
  }

  private static boolean differ(List<Double> ours, MeanCi published) {
    if (ours.size() < 2) {
      return false; // one seed proves nothing
    }
    double[] values = ours.stream().mapToDouble(Double::doubleValue).toArray();
    double p = MeanDifference.welch(MeanCi.of(values, LEVEL), published, LEVEL).p();
    return p < 1 - LEVEL;
  }

  private static String text(MeanCi published) {
    return String.format(
        Locale.ROOT, "%.2f ± %.2f", published.mean(), published.halfWidth().orElse(Double.NaN));
  }
}
