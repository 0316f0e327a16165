package lethe.net;

import java.util.Optional;

/** The weights that recognise the most of some images; of equally good ones, the first. */
final class BestEpoch {
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
