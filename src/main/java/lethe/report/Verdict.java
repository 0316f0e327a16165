package lethe.report;

/** What measured seeds say of a claim. */
enum Verdict {
  HOLDS("holds"),
  DOES_NOT_HOLD("does not hold"),
  UNDETERMINED("undetermined");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /**
   * A claim holds when the whole confidence interval lies where it says, and does not when none of
   * it does; anything between, or a single seed, proves nothing.
   */
  static Verdict of(Range range, Estimate measured) {
    double low = measured.mean() - measured.half(); // NaN from less than two seeds
    double high = measured.mean() + measured.half();
    if (range.holdsAll(low, high)) {
      return HOLDS;
    }
    return range.holdsNothing(low, high) ? DOES_NOT_HOLD : UNDETERMINED;
  }

  String words() {
    return words;
  }
}
