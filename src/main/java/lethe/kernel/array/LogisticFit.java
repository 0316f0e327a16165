package lethe.kernel.array;

/**
 * Logistic regression on one feature: P(label 1 | x) = 1 / (1 + exp(-(slope x + intercept))).
 *
 * <p>The fit minimises ½ slope² + C Σ_i log(1 + exp(-s_i (slope x_i + intercept))), s_i = +1 for
 * label 1 and -1 for label 0: an L2 penalty on the slope, none on the intercept, no scaling; the
 * form of scikit-learn's {@code LogisticRegression}. Solved to convergence by Newton's method with
 * halved steps, not by L-BFGS: the optimum is the same and unique.
 */
record LogisticFit(double slope, double intercept) {
  private static final int MAX_STEPS = 200; // Newton needs about ten
  private static final double STEP_TOLERANCE = 1e-12; // of the last step, relative

  /** P(label 1 | x). It saturates to exactly 1 beyond 37, which ties scores there. */
  double probability(double x) {
    return 1 / (1 + Math.exp(-(slope * x + intercept)));
  }

  /**
   * Fits to the samples with {@code used[i]}.
   *
   * @param x feature. [n]
   * @param label whether the label is 1; both labels occur among the used. [n]
   * @param c weight C of the data
   */
  static LogisticFit of(double[] x, boolean[] label, boolean[] used, double c) {
    LogisticFit fit = new LogisticFit(0, 0);
    double loss = fit.loss(x, label, used, c);
    for (int step = 0; step < MAX_STEPS; step++) {
      LogisticFit direction = fit.newtonStep(x, label, used, c);
      double share = 1;
      LogisticFit next = fit.plus(direction, share);
      double nextLoss = next.loss(x, label, used, c);
      while (!(nextLoss <= loss) && share > 1e-10) {
        share /= 2;
        next = fit.plus(direction, share);
        nextLoss = next.loss(x, label, used, c);
      }
      double moved = share * Math.max(Math.abs(direction.slope), Math.abs(direction.intercept));
      if (!(nextLoss <= loss)
          || moved <= STEP_TOLERANCE * (1 + Math.abs(fit.slope) + Math.abs(fit.intercept))) {
        return fit;
      }
      fit = next;
      loss = nextLoss;
    }
    return fit;
  }

  private LogisticFit plus(LogisticFit step, double share) {
    return new LogisticFit(slope + share * step.slope, intercept + share * step.intercept);
  }

  private double loss(double[] x, boolean[] label, boolean[] used, double c) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      if (used[i]) {
        double z = slope * x[i] + intercept;
        sum += softplus(label[i] ? -z : z);
      }
    }
    return 0.5 * slope * slope + c * sum;
  }

  private LogisticFit newtonStep(double[] x, boolean[] label, boolean[] used, double c) {
    double gradientSlope = slope;
    double gradientIntercept = 0;
    double hessSlope = 1;
    double hessMixed = 0;
    double hessIntercept = 0;
    for (int i = 0; i < x.length; i++) {
      if (used[i]) {
        double p = probability(x[i]);
        double residual = c * (p - (label[i] ? 1 : 0));
        double curve = c * p * (1 - p);
        gradientSlope += residual * x[i];
        gradientIntercept += residual;
        hessSlope += curve * x[i] * x[i];
        hessMixed += curve * x[i];
        hessIntercept += curve;
      }
    }
    hessIntercept += 1e-12; // every probability may have saturated
    double determinant = hessSlope * hessIntercept - hessMixed * hessMixed;
    return new LogisticFit(
        -(hessIntercept * gradientSlope - hessMixed * gradientIntercept) / determinant,
        -(hessSlope * gradientIntercept - hessMixed * gradientSlope) / determinant);
  }

  /** log(1 + e^z) without overflow. */
  private static double softplus(double z) {
    return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
  }
}
