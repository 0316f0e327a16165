package lethe.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lethe.data.Checkpoint;
import lethe.data.HostTensor;

/** The weights that recognise the most of some images; of equally good ones, the first. */
final class BestEpoch {
  private static final String BEST = "best.";
  private static final String RIGHT = "best-right";

  private final Inference inference;
  private Optional<Weights> best = Optional.empty();
  private int most = -1;

  BestEpoch(Inference inference) {
    this.inference = inference;
  }

  void offer(Weights weights, int[] images) {
    int right = recognised(weights, images);
    if (right > most) {
      most = right;
      best = Optional.of(weights);
    }
  }

  /** Adds what was best so far to a checkpoint. */
  void save(DeviceState to) {
    to.with(RIGHT, most);
    best.ifPresent(
        weights -> {
          for (int i = 0; i < weights.specs().size(); i++) {
            float[] values = weights.values(i);
            to.with(BEST + i, HostTensor.of(values, values.length));
          }
        });
  }

  /** Takes over what {@link #save} put down. */
  void restore(Checkpoint from) {
    most = from.whole(RIGHT);
    if (from.arrays().containsKey(BEST + 0)) {
      Network network = inference.network();
      List<float[]> values = new ArrayList<>();
      for (int i = 0; i < network.parameters().size(); i++) {
        values.add(from.array(BEST + i).floats());
      }
      best = Optional.of(Weights.of(network, values));
    }
  }

  /** Empty where none were offered. */
  Optional<Weights> weights() {
    return best;
  }

  private int recognised(Weights weights, int[] images) {
    float[] logits = inference.logits(weights, images);
    int classes = inference.network().classes();
    int right = 0;
    for (int row = 0; row < images.length; row++) {
      int largest = 0;
      for (int label = 1; label < classes; label++) {
        if (logits[row * classes + label] > logits[row * classes + largest]) {
          largest = label;
        }
      }
      if (largest == inference.table().label(images[row])) {
        right++;
      }
    }
    return right;
  }
}
