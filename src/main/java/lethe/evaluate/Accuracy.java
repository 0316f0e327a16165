package lethe.evaluate;

/**
 * Share of images whose largest logit is that of their label, in percent. Departures: the authors
 * score pruning's retain accuracy on the condensed set; here it is always on the images themselves.
 */
final class Accuracy {
  private Accuracy() {}

  /** Accuracy over {@code rows}; at least one. */
  static double percent(Logits logits, int[] rows) {
    int right = 0;
    for (int row : rows) {
      right += logits.predicted(row) == logits.label(row) ? 1 : 0;
    }
    return 100.0 * right / rows.length;
  }
}
