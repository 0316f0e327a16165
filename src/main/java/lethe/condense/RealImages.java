package lethe.condense;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import lethe.data.ImageSet;

/** Real images as prototypes have them: normalised, on the host. */
final class RealImages {
  private static final int TOGETHER = 4096; // images on the way at once: 50 MB

  private RealImages() {}

  /** The images at {@code positions}: 3,072 values each. */
  static float[] pixels(CondenseTask task, int[] positions) {
    float[] all = new float[Math.multiplyExact(positions.length, ImageSet.BYTES)];
    for (int from = 0; from < positions.length; from += TOGETHER) {
      task.signals().check();
      int[] some = Arrays.copyOfRange(positions, from, Math.min(positions.length, from + TOGETHER));
      try (NDManager scope = task.session().scope()) {
        float[] values = task.table().batch(task.session().kernels(scope), some).toFloatArray();
        System.arraycopy(values, 0, all, from * ImageSet.BYTES, values.length);
      }
    }
    return all;
  }
}
