package lethe.kernel.array;

/**
 * Weight of an L1 penalty in an epoch: a straight fall to 0, then 0 for the last epochs, which let
 * the surviving weights recover,
 *
 * <p>α(e) = α (1 - e / (E - n₀)) for e &lt; E - n₀, else 0,
 *
 * <p>e counts from 0, E epochs in all, the last n₀ without a penalty. Source: {@code
 * sparisification.py} of the authors' code. Departures: none; n₀ of E or more means no penalty at
 * all.
 *
 * @param weight α, not negative
 * @param freeEpochs n₀, not negative
 * @param epochs E, at least 1
 */
public record L1Schedule(double weight, int freeEpochs, int epochs) {
  public L1Schedule {
    if (!(weight >= 0) || freeEpochs < 0 || epochs < 1) {
      throw new IllegalArgumentException(
          "A penalty of %s with %d free epochs among %d makes no schedule"
              .formatted(weight, freeEpochs, epochs));
    }
  }

  /** α(e), from 0 to α. */
  public double weight(int epoch) {
    if (epoch < 0 || epoch >= epochs) {
      throw new IllegalArgumentException("Epoch " + epoch + " is not among " + epochs);
    }
    int penalised = epochs - freeEpochs;
    return epoch < penalised ? weight * (1 - (double) epoch / penalised) : 0;
  }
}
