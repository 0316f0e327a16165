package lethe.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import lethe.data.Checkpoint;
import lethe.data.HostTensor;

/**
 * The parameters of a training on the device, and which of them are off. While all are on, what it
 * gives are the parameters themselves.
 */
final class MaskedParameters {
  private static final String RAW = "weights";
  private static final String MASK = "mask.";

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

  /** Adds numbers and masks to a checkpoint. */
  void save(DeviceState to) {
    to.with(RAW, raw);
    for (int i = 0; i < raw.size(); i++) {
      boolean[] on = masks.on().get(i);
      if (someOff(on)) {
        byte[] bits = new byte[on.length];
        for (int j = 0; j < on.length; j++) {
          bits[j] = (byte) (on[j] ? 1 : 0);
        }
        to.with(MASK + i, HostTensor.of(bits, bits.length));
      }
    }
  }

  /** Takes over what {@link #save} put down. */
  void restore(Checkpoint from) {
    DeviceState.restore(from, RAW, raw);
    List<boolean[]> all = new ArrayList<>(masks.on());
    for (int i = 0; i < all.size(); i++) {
      if (from.arrays().containsKey(MASK + i)) {
        byte[] bits = from.array(MASK + i).bytes();
        boolean[] on = new boolean[bits.length];
        for (int j = 0; j < on.length; j++) {
          on[j] = bits[j] == 1;
        }
        all.set(i, on);
      }
    }
    use(new Masks(all));
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
