package lethe.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lethe.plan.Cell;
import lethe.plan.RetainRecipe;
import lethe.plan.Scenario;
import lethe.plan.Spec;
import lethe.plan.StageKind;

/**
 * {@code table.md}: the paper's layout. A table for each dataset, network and scenario; a row a
 * method; membership inference, accuracies and unlearning time for the whole and for the reduced
 * retain set; mean ± half-width of the 95% confidence interval over seeds.
 */
public final class PaperTable {
  private static final List<String> METRICS =
      List.of("mia-published", "retain-accuracy", "forget-accuracy", "test-accuracy");
  private static final String TIME = "unlearn-seconds";

  private final String name;
  private final List<String> methods;
  private final Map<String, String> titles;
  private final List<Result> results;
  private final List<Timing> timings;

  /**
   * @param name of the experiment
   * @param methods ids in the grid's order
   * @param titles what tables print for a method's id
   */
  public PaperTable(
      String name,
      List<String> methods,
      Map<String, String> titles,
      Collection<Result> results,
      Collection<Timing> timings) {
    this.name = name;
    this.methods = new ArrayList<>();
    this.methods.add(Cell.ORIGINAL);
    this.methods.addAll(methods);
    this.titles = Map.copyOf(titles);
    this.results =
        results.stream().sorted(Comparator.comparing(Result::cell, CellColumns.ORDER)).toList();
    this.timings = List.copyOf(timings);
  }

  public String text() {
    StringBuilder text = new StringBuilder("# " + name + "\n\n");
    if (results.isEmpty()) {
      return text.append("No cell is finished yet.\n").toString();
    }
    for (Heading heading : headings()) {
      section(text, heading);
    }
    return text.append(legend()).toString();
  }

  private List<Heading> headings() {
    return results.stream()
        .map(
            r ->
                new Heading(
                    r.cell().dataset(), r.cell().network(), r.cell().scenario(), r.cell().round()))
        .distinct()
        .toList();
  }

  private void section(StringBuilder text, Heading heading) {
    List<Result> here = results.stream().filter(r -> heading.holds(r.cell())).toList();
    boolean condenses = here.stream().anyMatch(r -> r.cell().recipe().condenses());
    text.append("## ").append(heading.title()).append("\n\n");
    List<String> head = new ArrayList<>(List.of("method", "n"));
    head.addAll(List.of("MIA", "retain", "forget", "test", "time, s"));
    if (condenses) {
      head.addAll(List.of("reduced: MIA", "retain", "forget", "test", "time, s"));
    }
    List<List<String>> rows = new ArrayList<>();
    Footnotes notes = new Footnotes();
    for (String method : methods) {
      if (here.stream().anyMatch(r -> r.cell().method().equals(method))) {
        rows.add(row(here, method, condenses, notes));
      }
    }
    text.append(Columns.markdown(head, rows)).append('\n');
    String overheads = overheads(heading);
    if (!overheads.isEmpty()) {
      text.append(overheads).append("\n\n");
    }
    text.append(notes.text());
  }

  private List<String> row(List<Result> here, String method, boolean condenses, Footnotes notes) {
    List<String> row = new ArrayList<>();
    row.add(titles.getOrDefault(method, method));
    row.add("");
    TreeSet<Integer> counts = new TreeSet<>();
    for (RetainRecipe recipe : List.of(RetainRecipe.WHOLE, RetainRecipe.REDUCED)) {
      if (recipe.condenses() && !condenses) {
        continue;
      }
      List<Result> arm =
          here.stream()
              .filter(r -> r.cell().method().equals(method) && r.cell().recipe() == recipe)
              .toList();
      if (!arm.isEmpty()) {
        counts.add(arm.size());
      }
      for (String metric : METRICS) {
        row.add(estimate(arm, metric).text() + notes.marks(flags(arm, metric)));
      }
      row.add(time(arm).text() + notes.marks(timeFlags(arm)));
    }
    row.set(1, counts.stream().map(String::valueOf).collect(Collectors.joining("/")));
    return row;
  }

  private static Estimate estimate(List<Result> arm, String metric) {
    return Estimate.of(
        arm.stream().map(r -> r.scores().values().get(metric)).filter(Objects::nonNull).toList());
  }

  private Estimate time(List<Result> arm) {
    return Estimate.of(unlearning(arm).stream().map(Timing::workSeconds).toList());
  }

  private List<Timing> unlearning(List<Result> arm) {
    List<Cell> cells = arm.stream().map(Result::cell).toList();
    return timings.stream()
        .filter(t -> t.stage() == StageKind.UNLEARNED && cells.contains(t.cell()))
        .toList();
  }

  private static List<String> flags(List<Result> arm, String metric) {
    TreeMap<String, TreeSet<Long>> seeds = new TreeMap<>();
    for (Result result : arm) {
      for (String flag : ScoreSheet.flagsOf(metric, result.scores().flags())) {
        seeds.computeIfAbsent(flag, f -> new TreeSet<>()).add(result.cell().seed());
      }
    }
    return notes(seeds);
  }

  private List<String> timeFlags(List<Result> arm) {
    TreeMap<String, TreeSet<Long>> seeds = new TreeMap<>();
    for (Timing timing : unlearning(arm)) {
      for (String flag : timing.flags()) {
        seeds.computeIfAbsent(flag, f -> new TreeSet<>()).add(timing.cell().seed());
      }
    }
    return notes(seeds);
  }

  /** {@code swapped-attack (seed 1, 3)}, a line a flag. */
  private static List<String> notes(TreeMap<String, TreeSet<Long>> seeds) {
    return seeds.entrySet().stream()
        .map(
            e ->
                e.getValue().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ", e.getKey() + " (seed ", ")")))
        .toList();
  }

  /** What the time columns leave out, once for the section: a stage counts once a seed. */
  private String overheads(Heading heading) {
    List<Timing> here = timings.stream().filter(t -> heading.holds(t.cell())).toList();
    List<String> parts = new ArrayList<>();
    overhead(parts, here, "training of the original", StageKind.ORIGINAL);
    overhead(parts, here, "features", StageKind.FEATURES);
    overhead(parts, here, "clusters", StageKind.CLUSTERS);
    clusters(here).ifPresent(sum -> parts.add("clusters in all " + sum.text()));
    overhead(parts, here, "F-sampling", StageKind.PARTS);
    overhead(parts, here, "condensation", StageKind.PROTOTYPES);
    return parts.isEmpty()
        ? ""
        : "Not in the time columns, seconds a seed: " + String.join(", ", parts) + ".";
  }

  private static void overhead(
      List<String> parts, List<Timing> here, String title, StageKind kind) {
    Map<String, Timing> once = new LinkedHashMap<>();
    here.stream().filter(t -> t.stage() == kind).forEach(t -> once.put(t.key().hex(), t));
    Estimate estimate = Estimate.of(once.values().stream().map(Timing::workSeconds).toList());
    if (estimate.n() > 0) {
      parts.add(title + " " + estimate.text());
    }
  }

  /**
   * The paper counts features and clusters as one: their sum, seed by seed where both are there.
   */
  private static Optional<Estimate> clusters(List<Timing> here) {
    Map<Long, Double> features = bySeed(here, StageKind.FEATURES);
    Map<Long, Double> clusters = bySeed(here, StageKind.CLUSTERS);
    List<Double> sums =
        clusters.entrySet().stream()
            .map(e -> e.getValue() + features.getOrDefault(e.getKey(), Double.NaN))
            .toList();
    return Optional.of(Estimate.of(sums)).filter(estimate -> estimate.n() > 0);
  }

  private static Map<Long, Double> bySeed(List<Timing> here, StageKind kind) {
    TreeMap<Long, Double> seconds = new TreeMap<>();
    here.stream()
        .filter(t -> t.stage() == kind)
        .forEach(t -> seconds.put(t.cell().seed(), t.workSeconds()));
    return seconds;
  }

  private static String legend() {
    return """
        Mean ± half-width of the 95% confidence interval over n seeds (Student's t); accuracies in percent on the
        retain set, the forget set and held-out test images that no loss has seen. MIA: 100 x AUC of a logistic
        regression on the LiRA statistic, without shadow models; 50 is chance and the goal. Time: seconds of the
        method alone, device-synchronised, without waiting, checkpoints, evaluation and the overheads named above.
        "reduced": the residual set and one prototype for each free cluster take the place of the retain set.
        """;
  }

  private record Heading(Spec dataset, Spec network, Scenario scenario, int round) {
    boolean holds(Cell cell) {
      return cell.dataset().equals(dataset)
          && cell.network().equals(network)
          && cell.scenario().equals(scenario)
          && cell.round() == round;
    }

    String title() {
      String title =
          String.join(
              " · ", CellColumns.titled(dataset), CellColumns.titled(network), scenario.id());
      return round == 0 ? title : title + " · round " + (round + 1);
    }
  }
}
