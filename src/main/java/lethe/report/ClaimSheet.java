package lethe.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import lethe.plan.Cell;

/**
 * Which of the paper's quantitative claims hold here, judged on finished cells, wherever the grid
 * has what a claim is about. Negative controls, statements known to be false, are judged the same
 * way: one that holds tells that results or judgement are wrong.
 */
public final class ClaimSheet {
  private static final double SMALL = 0.1; // a share such as 0.0222 is not 0.02

  private final List<Claim> claims;
  private final List<Judgement> judgements = new ArrayList<>();

  /**
   * @param ground what else is known of the cells
   */
  public ClaimSheet(Collection<Result> results, Collection<Timing> timings, Groundwork ground) {
    this(ClaimBook.ofThePaper(), results, timings, ground);
  }

  ClaimSheet(
      List<Claim> claims,
      Collection<Result> results,
      Collection<Timing> timings,
      Groundwork ground) {
    this.claims = List.copyOf(claims);
    Evidence evidence = Evidence.of(results, timings, ground);
    for (Place place : evidence.places()) {
      claims.stream()
          .filter(c -> c.scope().holds(place))
          .map(c -> Judgement.of(c, place, evidence))
          .filter(j -> j.measured().n() > 0)
          .forEach(judgements::add);
    }
    claims.stream()
        .filter(c -> c.scope().isFact())
        .map(c -> Judgement.ofFact(c, ground.parameters()))
        .filter(j -> j.measured().n() > 0)
        .forEach(judgements::add);
  }

  /** The controls that hold though they are known to be false; empty when all is well. */
  public List<String> heldControls() {
    return judgements.stream()
        .filter(j -> j.claim().control() && j.verdict() == Verdict.HOLDS)
        .map(j -> j.claim().id() + " (" + j.title() + ")")
        .toList();
  }

  /** In Markdown. */
  public String text() {
    StringBuilder text = new StringBuilder("## Do the paper's claims hold here?\n\n");
    text.append(summary()).append("\n\n");
    section(text, "", "source", j -> !j.claim().control());
    section(text, ": controls, known to be false", "because", j -> j.claim().control());
    if (!judgements.isEmpty()) {
      text.append(
          """
          Measured: mean over seeds ± half-width of its 95% confidence interval (Student's t), the formula taken seed by
          seed. A claim holds when the whole interval is where it says, does not hold when none of it is, and is
          undetermined between, or from one seed; a control that is undetermined is "not shown". "Above" and "below" are strict: no difference is no evidence of one.
          BASELINES are Retraining and the five APPROXIMATE ones: CF, Bad Distillation, L1-sparse, Pruning and SCRUB.
          "by passes": the same formula with image passes in the place of seconds, which is what the cost model expects of
          the epochs, sets and companions here; the paper's number beside it is of the authors' epochs.
          `passes` counts image passes, forward 1 and backward 2, and nothing else: optimiser steps and memory traffic are
          not in it. `claims.csv` lists the cells and seeds of each.

          """);
    }
    return text.append(uncovered()).toString();
  }

  private String summary() {
    return "Judged %d times: %d hold, %d do not, %d are undetermined.%s"
        .formatted(
            count(j -> !j.claim().control()),
            count(Verdict.HOLDS),
            count(Verdict.DOES_NOT_HOLD),
            count(Verdict.UNDETERMINED),
            controls());
  }

  private String controls() {
    long all = count(j -> j.claim().control());
    long open = count(j -> j.claim().control() && j.verdict() == Verdict.UNDETERMINED);
    String held =
        heldControls().isEmpty()
            ? "none holds"
            : heldControls().size()
                + " HOLD: results or judgement are wrong: "
                + String.join("; ", heldControls());
    String rest = open == 0 ? "" : "; %d are not shown to be false".formatted(open);
    return all == 0 ? "" : " Of %d controls, known to be false, %s%s.".formatted(all, held, rest);
  }

  private long count(Verdict verdict) {
    return count(j -> !j.claim().control() && j.verdict() == verdict);
  }

  /** Facts do not count: they say nothing of what ran. */
  private long count(Predicate<Judgement> which) {
    return judgements.stream().filter(j -> j.place().isPresent()).filter(which).count();
  }

  private void section(
      StringBuilder text, String title, String second, Predicate<Judgement> which) {
    Map<String, List<Judgement>> places =
        judgements.stream()
            .filter(which)
            .collect(
                Collectors.groupingBy(Judgement::title, LinkedHashMap::new, Collectors.toList()));
    places.forEach(
        (place, here) -> {
          Footnotes notes = new Footnotes();
          text.append("### ").append(place).append(title).append("\n\n");
          text.append(
                  Columns.markdown(
                      List.of(
                          "claim",
                          second,
                          "n",
                          "cells",
                          "measured",
                          "by passes",
                          "holds if",
                          "verdict",
                          "formula"),
                      here.stream().map(j -> row(j, notes)).toList()))
              .append('\n')
              .append(notes.text());
        });
  }

  private static List<String> row(Judgement judgement, Footnotes notes) {
    Claim claim = judgement.claim();
    return List.of(
        claim.text(),
        claim.control() ? claim.falseBecause() : claim.source(),
        claim.scope().isFact() ? "–" : String.valueOf(judgement.measured().n()),
        claim.scope().isFact() ? "–" : String.valueOf(judgement.cells().size()),
        measured(judgement.measured()),
        measured(judgement.expected()),
        claim.range().text(),
        judgement.words() + notes.marks(judgement.notes()),
        "`" + claim.formula() + "`");
  }

  /** With more digits for small shares. */
  private static String measured(Estimate estimate) {
    double size = Math.abs(estimate.mean());
    boolean small = size > 0 && size < SMALL && !(estimate.half() >= SMALL);
    return estimate.text(small ? 4 : 2);
  }

  /** Claims of which this grid has no cells, and which would do. */
  private String uncovered() {
    List<Claim> open =
        claims.stream()
            .filter(c -> !c.control())
            .filter(c -> judgements.stream().noneMatch(j -> j.claim().id().equals(c.id())))
            .toList();
    return open.isEmpty()
        ? ""
        : "Not covered by what is finished here, and what would cover it:\n\n" + Needs.text(open);
  }

  /** A row for each judgement, with the cells it rests on. */
  public String csv() {
    List<String> header =
        List.of(
            "claim",
            "control",
            "source",
            "dataset",
            "network",
            "scenario",
            "formula",
            "n",
            "seeds",
            "mean",
            "half",
            "by-passes",
            "from",
            "to",
            "verdict",
            "notes",
            "cells");
    return Csv.text(header, judgements.stream().map(ClaimSheet::csvRow).toList());
  }

  private static List<String> csvRow(Judgement judgement) {
    Claim claim = judgement.claim();
    Optional<Place> place = judgement.place();
    return List.of(
        claim.id(),
        claim.control() ? "control" : "",
        claim.source(),
        place.map(p -> CellColumns.titled(p.dataset())).orElse(""),
        place.map(p -> CellColumns.titled(p.network())).orElse(""),
        place.map(p -> p.scenario().id()).orElse(""),
        claim.formula(),
        String.valueOf(judgement.measured().n()),
        judgement.seeds().stream().map(String::valueOf).collect(Collectors.joining(";")),
        Csv.number(judgement.measured().mean()),
        Csv.number(judgement.measured().half()),
        Csv.number(judgement.expected().mean()),
        Csv.number(claim.range().from()),
        Csv.number(claim.range().to()),
        judgement.words(),
        String.join(";", judgement.notes()),
        judgement.cells().stream().map(Cell::label).collect(Collectors.joining(";")));
  }
}
