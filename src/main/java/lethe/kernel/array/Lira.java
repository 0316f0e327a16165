package lethe.kernel.array;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * LiRA, the likelihood-ratio attack with shadow models: whether an example was trained on, by where
 * its score under the attacked network lies among its scores under models that had it ({@code in})
 * and models that had not ({@code out}).
 *
 * <p>online: Λ = log N(t; μ_in, σ_in) - log N(t; μ_out, σ_out); offline, where no shadow model may
 * train on the example: z = (t - μ_out)/σ_out, or the one-sided probability Φ(z).
 *
 * <p>Larger is more member-like; Λ and z are unbounded, Φ(z) lies between 0 and 1 and ranks as z
 * does until it rounds to one of them. Scores t are logit-scaled confidences, {@link
 * LiraStatistic}. Source: Carlini et al. (2022), "Membership inference attacks from first
 * principles", algorithm 1 and equation 4, and {@code plot.py} of their code, whose guard against a
 * deviation of 0 is kept. Departures: that code's offline score is the density log N(t; μ_out,
 * σ_out), which calls both tails members; here it is the paper's one-sided test. One score an
 * example, no augmented ones. No table has it yet: no stage trains shadow models.
 */
public final class Lira {
  private static final double GUARD = 1e-30; // for examples that score alike everywhere
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private Lira() {}

  /**
   * Λ of each example.
   *
   * @param targets scores under the attacked network. [n]
   * @param in where the scores lie if it was trained on the example. [n]
   * @param out where they lie if not. [n]
   * @return [n]
   * @throws IllegalArgumentException when they are not about equally many examples
   */
  public static double[] online(double[] targets, ShadowNormals in, ShadowNormals out) {
    double[] fromIn = offline(targets, in);
    double[] fromOut = offline(targets, out);
    double[] ratios = new double[targets.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = logDensity(fromIn[i], in, i) - logDensity(fromOut[i], out, i);
    }
    return ratios;
  }

  /**
   * z of each example.
   *
   * @param targets scores under the attacked network. [n]
   * @param out where they lie if it was not trained on the example. [n]
   * @return [n]
   * @throws IllegalArgumentException when they are not about equally many examples
   */
  public static double[] offline(double[] targets, ShadowNormals out) {
    if (targets.length != out.centres().length) {
      throw new IllegalArgumentException(
          targets.length + " scores, but shadow scores of " + out.centres().length + " examples");
    }
    double[] standardised = new double[targets.length];
    for (int i = 0; i < standardised.length; i++) {
      standardised[i] = (targets[i] - out.centres()[i]) / deviation(out, i);
    }
    return standardised;
  }

  /** Φ(z), the probability that a network without the example scores lower. */
  public static double probability(double z) {
    return NORMAL.cumulativeProbability(z);
  }

  /** log N without its constant, which cancels. */
  private static double logDensity(double z, ShadowNormals normals, int example) {
    return -z * z / 2 - Math.log(deviation(normals, example));
  }

  private static double deviation(ShadowNormals normals, int example) {
    return normals.deviations()[example] + GUARD;
  }
}
