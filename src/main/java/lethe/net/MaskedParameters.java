package lethe.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parameters of a training on the device, and which of them are off. While all are on, what it
 * gives are the parameters themselves.
 */
final class MaskedParameters {
  private final Network network;
  private final NDManager home;
  private final NDList raw;
  private final SortedMap<Integer, NDArray> factors = new TreeMap<>(); // 1 or 0; where some are off
  private Masks masks;

  /**
   * @param raw the numbers the optimiser moves
   * @param home where masks live, as long as {@code raw} does
   */
  MaskedParameters(Network network, NDList raw, NDManager home) {
    this.network = network;
    this.raw = raw;
    this.home = home;
    this.masks = Masks.allOn(network.parameters());
  }

  /** The numbers the optimiser moves. */
  NDList raw() {
    return raw;
  }

  /** Asks {@code masking} for the masks of an epoch that starts. */
  void before(int epoch, Masking masking) {
    masking.before(epoch, masks, () -> Weights.from(network, raw)).ifPresent(this::use);
  }

  private void use(Masks next) {
    masks = next;
    factors.values().forEach(NDArray::close);
    factors.clear();
    for (int i = 0; i < raw.size(); i++) {
      boolean[] on = next.on().get(i);
      if (someOff(on)) {
        try (NDArray bits = home.create(on, raw.get(i).getShape())) {
          factors.put(i, bits.toType(raw.get(i).getDataType(), true));
        }
      }
    }
  }

  /** What the network computes with: those that are off are 0. In {@code scope} where not raw. */
  NDList effective(NDManager scope) {
    NDList arrays = new NDList(raw);
    factors.forEach(
        (i, factor) -> {
          NDArray masked = raw.get(i).mul(factor);
          masked.attach(scope);
          arrays.set(i, masked);
        });
    return arrays;
  }

  /** Turns gradients of the effective parameters into those of the raw ones, in place. */
  NDList masked(NDList gradients) {
    factors.forEach((i, factor) -> gradients.get(i).muli(factor));
    return gradients;
  }

  private static boolean someOff(boolean[] on) {
    for (boolean one : on) {
      if (!one) {
        return true;
      }
    }
    return false;
  }
}
