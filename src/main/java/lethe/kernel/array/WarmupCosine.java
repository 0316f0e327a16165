package lethe.kernel.array;

/**
 * Learning-rate factor of an epoch: a straight rise, then half a cosine,
 *
 * <p>f(e) = (e + 1) / w for e &lt; w, else ½ (1 + cos(π (e - w) / (E - w))),
 *
 * <p>e counts from 0, w warm-up epochs, E epochs in all. So f is 1 at e = w - 1 and again at e = w.
 * Source: the authors' {@code train.py}. Departures: none.
 *
 * @param warmup w, not negative
 * @param epochs E, at least 1
 */
public record WarmupCosine(int warmup, int epochs) {
  public WarmupCosine {
    if (warmup < 0 || epochs < 1) {
      throw new IllegalArgumentException(
          "A warm-up of " + warmup + " among " + epochs + " epochs makes no schedule");
    }
  }

  /** f(e), from 0 to 1. */
  public double factor(int epoch) {
    if (epoch < 0 || epoch >= epochs) {
      throw new IllegalArgumentException("Epoch " + epoch + " is not among " + epochs);
    }
    if (epoch < warmup) {
      return (epoch + 1.0) / warmup;
    }
    return 0.5 * (1 + Math.cos(Math.PI * (epoch - warmup) / (epochs - warmup)));
  }
}
