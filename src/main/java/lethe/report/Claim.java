package lethe.report;

import java.util.List;
import java.util.Optional;

/**
 * A quantitative statement that can hold or not.
 *
 * @param id unique; for scripts
 * @param source where the paper says so
 * @param text what it says
 * @param scope to which results it belongs
 * @param authors the setting it is about, where a smaller one proves nothing
 * @param rivals how the condensers in it must be run
 * @param formula the number it is about, as written
 * @param measured the same, to be computed
 * @param range where that number lies if it holds
 * @param falseBecause why it is known to be false, so that a sound judgement must not let it hold;
 *     empty where that is the question
 */
record Claim(
    String id,
    String source,
    String text,
    Scope scope,
    Optional<AuthorsSetting> authors,
    Rivals rivals,
    String formula,
    Formula measured,
    Range range,
    String falseBecause) {
  /** Whether it is known to be false. */
  boolean control() {
    return !falseBecause.isEmpty();
  }

  /** What a sound judgement should come to if the paper is right. */
  Verdict theirs() {
    return control() ? Verdict.DOES_NOT_HOLD : Verdict.HOLDS;
  }

  /** Whether it is about seconds of methods and nothing else. */
  boolean isOfTimes() {
    return measured.terms().allMatch(t -> t.quantity().equals(Quantity.TIME.id()));
  }

  /** Every number of a cell that it is about, once. */
  List<Formula.Term> terms() {
    return measured.terms().distinct().toList();
  }
}
