package lethe.kernel.array;

/**
 * RMIA, the robust membership-inference attack, offline: an example is a member where it gained
 * more from the attacked network, compared with reference networks that had not seen it, than most
 * images of a population did,
 *
 * <p>p(x) = ½ ((1 + a) p̄_out(x) + (1 - a)), ratio(x) = p_target(x) / p(x),
 *
 * <p>score(x) = share of z with ratio(x) / ratio(z) ≥ γ,
 *
 * <p>from 0 to 1, larger is more member-like. p is the probability of the right class; p̄_out its
 * mean over the references; a (0 to 1) says how much networks that had the image would gain: at 1
 * nothing, and p(x) is p̄_out(x). Source: Zarifzadeh, Liu and Shokri (2024), "Low-cost high-power
 * membership inference attacks", and {@code modules/mia/attacks/rmia.py} of their ml_privacy_meter.
 * Their code scales p(z) as p(x); call {@link #ratios} with one a for both to have it so, or with 1
 * for z to take the plain mean. Departures: a tie at γ counts, as in the paper; their code compares
 * with &gt;. No table has it yet: no stage trains the reference networks it needs.
 */
public final class Rmia {
  private Rmia() {}

  /**
   * What each image gained.
   *
   * @param targets probability of its class by the attacked network. [n]
   * @param references the same by networks that had not seen it. [n, references]
   * @param a 0 to 1
   * @return 0 or more. [n]
   * @throws IllegalArgumentException when a is out of range, an image has no reference, or p(x) is
   *     0, which takes a of 1
   */
  public static double[] ratios(double[] targets, double[][] references, double a) {
    if (!(a >= 0 && a <= 1) || targets.length != references.length) {
      throw new IllegalArgumentException(
          "No ratios of %d images to %d references with a = %s"
              .formatted(targets.length, references.length, a));
    }
    double[] ratios = new double[targets.length];
    for (int i = 0; i < ratios.length; i++) {
      double prior = ((1 + a) * MeanCi.mean(references[i]) + (1 - a)) / 2;
      if (!(prior > 0)) { // NaN where there is no reference
        throw new IllegalArgumentException("Image " + i + " has no reference above 0");
      }
      ratios[i] = targets[i] / prior;
    }
    return ratios;
  }

  /**
   * The score of each example.
   *
   * @param examples their {@link #ratios}. [n]
   * @param population ratios of images that no network was trained on; at least one. [m]
   * @param gamma γ, above 0; 1 in their code
   * @return [n]
   * @throws IllegalArgumentException when the population is empty
   */
  public static double[] scores(double[] examples, double[] population, double gamma) {
    if (population.length == 0) {
      throw new IllegalArgumentException("The attack needs a population to compare with");
    }
    double[] scores = new double[examples.length];
    for (int i = 0; i < scores.length; i++) {
      int beaten = 0;
      for (double ratio : population) {
        beaten += examples[i] / ratio >= gamma ? 1 : 0; // 0/0 beats nobody
      }
      scores[i] = (double) beaten / population.length;
    }
    return scores;
  }
}
