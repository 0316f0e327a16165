package lethe.evaluate;

/**
 * Outputs of one network for labelled images.
 *
 * @param values row after row. [n * classes]
 * @param labels class ids. [n]
 * @param classes numbers a row
 */
record Logits(float[] values, int[] labels, int classes) {
  /** Stands for the prediction of a row with a number that is not finite: it fits no label. */
  static final int NONE = -1;

  Logits {
    if (values.length != labels.length * classes) {
      throw new IllegalArgumentException(
          values.length + " logits do not make " + labels.length + " rows of " + classes);
    }
  }

  int label(int row) {
    return labels[row];
  }

  /**
   * The class with the largest logit, the lowest id on ties; {@link #NONE} if one is not finite.
   */
  int predicted(int row) {
    int best = 0;
    for (int c = 0; c < classes; c++) {
      if (!Float.isFinite(values[row * classes + c])) {
        return NONE;
      }
      if (values[row * classes + c] > values[row * classes + best]) {
        best = c;
      }
    }
    return best;
  }

  double[] row(int row) {
    return row(values, classes, row);
  }

  /** One row of outputs without labels. */
  static double[] row(float[] values, int classes, int row) {
    double[] logits = new double[classes];
    for (int c = 0; c < classes; c++) {
      logits[c] = values[row * classes + c];
    }
    return logits;
  }
}
