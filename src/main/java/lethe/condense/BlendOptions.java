package lethe.condense;

import lethe.plan.Settings;

/**
 * How the weights of {@link Blend} move.
 *
 * @param iterations steps of every cluster
 * @param momentum in [0, 1)
 * @param stepSize η = learning rate / M
 * @param minimumWeightSum smallest Σω, 1 at the start, that a step may lead to; above 0
 */
record BlendOptions(int iterations, double momentum, double stepSize, double minimumWeightSum) {
  private static final int TOP_OF_THE_CUBIC = 3508; // where the authors' curve is highest

  /**
   * The options of a grid.
   *
   * @param settings of block {@code condense.blend}
   * @param clusters M, how many clusters are condensed, at least 1
   */
  static BlendOptions of(Settings settings, int clusters) {
    double chosen = settings.number("learning-rate");
    double rate =
        chosen > 0 ? chosen : publishedLearningRate(settings.integer("clusters-per-class"));
    return new BlendOptions(
        settings.integer("iterations"),
        settings.number("momentum"),
        rate / clusters,
        settings.number("minimum-weight-sum"));
  }

  /**
   * The authors' learning rate for k clusters a class: a cubic through hand-tuned values ({@code
   * cond_unlearn.py} line 293). k = 100: 99.984; k = 1000: 9998.661. Past its top at 3508, where it
   * falls and at last turns negative, it keeps the value of the top.
   */
  static double publishedLearningRate(int clustersPerClass) {
    double k = Math.min(clustersPerClass, TOP_OF_THE_CUBIC);
    return ((-2.397e-6 * k + 0.01265) * k - 0.2558) * k + 1.461;
  }
}
