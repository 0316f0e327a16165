package lethe.kernel.array;

/**
 * How much a network answers to the forget set like one that never learnt anything,
 *
 * <p>ZRF = 1 - (1/n) Σ_i JS(M(x_i), T(x_i)), M the unlearned network, T one with random weights,
 *
 * <p>1 where they agree on every image. With divergences in nats it ends at 1 - log 2 = 0.307, in
 * bits at 0. Source: Chundawat et al. (2023), "Can bad teaching induce forgetting?". Departures:
 * those of {@link JensenShannon}. It needs no retrained network, and says nothing about one: a
 * retrained network does not answer at random. No table has it yet: no stage keeps the answers of
 * random weights.
 */
public final class ZeroRetrainForgetting {
  private ZeroRetrainForgetting() {}

  /**
   * @param divergences {@link JensenShannon} of the two networks' answers, an image each. [n]
   * @throws IllegalArgumentException when there is none
   */
  public static double of(double[] divergences) {
    if (divergences.length == 0) {
      throw new IllegalArgumentException("Zero-retrain forgetting needs at least one image");
    }
    return 1 - MeanCi.mean(divergences);
  }
}
