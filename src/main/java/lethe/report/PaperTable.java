package lethe.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lethe.plan.Cell;
import lethe.plan.Protocol;
import lethe.plan.RetainRecipe;

/**
 * {@code table.md}: the paper's layout. A table for each dataset, network and scenario; a row a
 * method; membership inference, accuracies and unlearning time for the whole and for the reduced
 * retain set; mean ± half-width of the 95% confidence interval over seeds.
 */
public final class PaperTable {
  private static final List<String> METRICS =
      List.of("mia-published", "retain-accuracy", "forget-accuracy", "test-accuracy");

  private final String name;
  private final List<String> methods;
  private final Map<String, String> titles;
  private final List<Result> results;
  private final List<Timing> timings;
  private final Map<Cell, List<Timing>> trainings;
  private final boolean hasRounds;

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
    this.trainings = Entry.trainings(timings);
    this.hasRounds = results.stream().anyMatch(r -> r.cell().round() > 0);
  }

  public String text() {
    StringBuilder text = new StringBuilder("# " + name + "\n\n");
    if (results.isEmpty()) {
      return text.append("No cell is finished yet.\n").toString();
    }
    for (Heading heading : Heading.of(results)) {
      section(text, heading);
    }
    return text.append(legend()).toString();
  }

  private void section(StringBuilder text, Heading heading) {
    List<Result> here = results.stream().filter(r -> heading.holds(r.cell())).toList();
    text.append("## ").append(heading.title()).append("\n\n");
    Footnotes notes = new Footnotes();
    List<TableArm> instead = instead(here);
    List<Timing> seconds = timings.stream().filter(t -> heading.holds(t.cell())).toList();
    if (instead.size() > 1 || hasRounds) {
      text.append(new LongTable(here, seconds, trainings, methods, titles).text(notes));
    } else {
      wide(text, here, instead, notes);
      overheads(text, seconds);
    }
    text.append(notes.text());
  }

  /** What takes the place of the whole retain set in some row. */
  private static List<TableArm> instead(List<Result> here) {
    return here.stream()
        .map(r -> TableArm.of(r.cell()))
        .filter(arm -> arm.recipe() != RetainRecipe.WHOLE)
        .distinct()
        .toList();
  }

  /** The paper's layout: whole and reduced side by side. */
  private void wide(
      StringBuilder text, List<Result> here, List<TableArm> instead, Footnotes notes) {
    List<String> head = new ArrayList<>(List.of("method", "n"));
    head.addAll(List.of("MIA", "retain", "forget", "test", "time, s"));
    for (TableArm arm : instead) {
      head.addAll(List.of(arm.title(false) + ": MIA", "retain", "forget", "test", "time, s"));
    }
    List<TableArm> arms = new ArrayList<>();
    arms.add(TableArm.WHOLE);
    arms.addAll(instead);
    List<List<String>> rows = new ArrayList<>();
    for (String method : methods) {
      if (here.stream().anyMatch(r -> r.cell().method().equals(method))) {
        rows.add(row(here, method, arms, notes));
      }
    }
    text.append(Columns.markdown(head, rows)).append('\n');
  }

  private List<String> row(List<Result> here, String method, List<TableArm> arms, Footnotes notes) {
    List<String> row = new ArrayList<>();
    row.add(titles.getOrDefault(method, method));
    row.add("");
    TreeSet<Integer> counts = new TreeSet<>();
    for (TableArm arm : arms) {
      List<Result> seeds =
          here.stream()
              .filter(r -> r.cell().method().equals(method) && arm.holds(r.cell()))
              .toList();
      if (!seeds.isEmpty()) {
        counts.add(seeds.size());
      }
      Entry entry = Entry.of(seeds, trainings);
      for (String metric : METRICS) {
        row.add(entry.estimate(metric).text() + notes.marks(entry.flags(metric)));
      }
      row.add(entry.time().text() + notes.marks(entry.timeFlags()));
    }
    String seeds = counts.stream().map(String::valueOf).collect(Collectors.joining("/"));
    row.set(1, seeds + notes.marks(counts.isEmpty() ? List.of() : Entry.fewSeeds(counts.first())));
    return row;
  }

  /** What the time columns leave out, once for the section. */
  private static void overheads(StringBuilder text, List<Timing> seconds) {
    String overheads = new Overheads(seconds).text();
    if (!overheads.isEmpty()) {
      text.append("Not in the time columns, seconds a seed: ").append(overheads).append(".\n\n");
    }
  }

  private String legend() {
    String legend =
        """
        Mean ± half-width of the 95% confidence interval over n seeds (Student's t); accuracies in percent on the
        retain set, the forget set and held-out test images that no loss has seen. MIA: 100 x AUC of a logistic
        regression on the LiRA statistic, without shadow models; 50 is chance and the goal. "swapped-attack": it came
        out low and was tried with roles swapped, the larger counts; the plain rank AUC, which never swaps, stands in
        scores.csv as mia-rank-auc. Time: seconds of the method alone, device-synchronised, without waiting,
        checkpoints, evaluation and the overheads named above.
        "reduced": the residual set and one prototype for each free cluster take the place of the retain set.
        """;
    if (results.stream().anyMatch(r -> r.cell().recipe().isOnePart())) {
      legend +=
          """
          A retained image is "residual" where its cluster has a forgotten one, else "free". "condensed": clustered
          again, one prototype a cluster.
          """;
    }
    if (results.stream().anyMatch(r -> r.cell().protocol() == Protocol.AS_PUBLISHED)) {
      legend +=
          """
          Protocol "as-published": the defects of the authors' code that docs/protocol.md lists are kept.
          """;
    }
    if (hasRounds) {
      legend +=
          """
          Each round forgets something else, starting from the weights of the round before. "all forgotten": what this
          and earlier rounds forgot. "all rounds": seconds of the method in this round and those before it.
          """;
    }
    return legend;
  }
}
