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
  static Verdict of(Claim claim, Estimate measured) {
    double low = measured.mean() - measured.half();
    double high = measured.mean() + measured.half();
    if (low >= claim.from() && high <= claim.to()) {
      return HOLDS;
    }
    return high < claim.from() || low > claim.to() ? DOES_NOT_HOLD : UNDETERMINED; // NaN: neither
  }

  String words() {
    return words;
  }
}
