package lethe.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import lethe.plan.Cell;

/**
 * A claim held against what is measured at one place, seed by seed: both sides of a difference or a
 * ratio come from the same seed.
 *
 * @param seeds of which every term is known
 * @param cells it rests on
 * @param notes what misleads about the seconds among them, or keeps it from being judged
 */
record Judgement(
    Claim claim,
    Place place,
    List<Long> seeds,
    Estimate measured,
    Verdict verdict,
    List<Cell> cells,
    List<String> notes) {
  private static final String AUTHORS =
      "about the authors' settings: a part of the dataset or another network proves nothing";

  static Judgement of(Claim claim, Place place, Evidence evidence) {
    List<Long> seeds = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    Set<Cell> cells = new LinkedHashSet<>();
    Set<String> notes = new TreeSet<>();
    for (long seed : evidence.seeds(place)) {
      double value = claim.measured().value(term -> evidence.value(place, seed, term));
      if (Double.isFinite(value)) {
        seeds.add(seed);
        values.add(value);
        for (Formula.Term term : claim.measured().terms().toList()) {
          Cell cell = evidence.cell(place, seed, term).orElseThrow();
          cells.add(cell);
          if (term.quantity().equals(Quantity.TIME.id())) {
            evidence.timeFlags(cell).forEach(flag -> notes.add("times: " + flag));
          }
        }
      }
    }
    Estimate measured = Estimate.of(values);
    boolean proves = !claim.fullSize() || place.isFullSize();
    if (!proves) {
      notes.add(AUTHORS);
    }
    return new Judgement(
        claim,
        place,
        List.copyOf(seeds),
        measured,
        proves ? Verdict.of(claim, measured) : Verdict.UNDETERMINED,
        List.copyOf(cells),
        List.copyOf(notes));
  }
}
