package lethe.kernel.array;

/**
 * When a training prunes and how much each time, so that equal shares of what is left add up to the
 * target:
 *
 * <p>p = 1 - (1 - s)^(1/n), n = (E - 1) div step + 1; an event before each epoch e with (E - e) mod
 * step = 0,
 *
 * <p>s the target sparsity, E epochs, e counted from 0. With s = 0.95, E = 20 and a step of 5: p =
 * 0.527129, before epochs 0, 5, 10 and 15. Source: {@code prunning.py} lines 50-55 of the authors'
 * code. Departures: none. If step does not divide E there is one event less than n and the target
 * is not reached.
 *
 * @param targetSparsity s, from 0 to below 1
 * @param step epochs between events, at least 1 and at most E
 * @param epochs E, at least 1
 */
public record PruningSchedule(double targetSparsity, int step, int epochs) {
  public PruningSchedule {
    if (!(targetSparsity >= 0 && targetSparsity < 1)) {
      throw new IllegalArgumentException(
          "A target sparsity is from 0 to below 1, not " + targetSparsity);
    }
    if (step < 1 || step > epochs) {
      throw new IllegalArgumentException(
          "Pruning every %d epochs never happens in %d epochs; prune every 1 to %d epochs."
              .formatted(step, epochs, epochs));
    }
  }

  /** p: the share of the unpruned weights that one event prunes, in [0, 1). */
  public double rate() {
    int events = (epochs - 1) / step + 1;
    return 1 - Math.pow(1 - targetSparsity, 1.0 / events);
  }

  /** Whether an event comes before this epoch. */
  public boolean eventBefore(int epoch) {
    return (epochs - epoch) % step == 0;
  }
}
