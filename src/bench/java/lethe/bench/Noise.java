package lethe.bench;

import java.util.SortedMap;
import java.util.TreeMap;
import lethe.data.HostTensor;

/** Numbers without a pattern, the same every time. */
final class Noise {
  /** Parameters of ResNet-18 for ten classes. */
  static final int RESNET_18 = 11_173_962;

  private static final int ARRAYS = 62; // of its parameters

  private Noise() {}

  /** As many numbers as ResNet-18 has parameters, in as many arrays. */
  static SortedMap<String, HostTensor> weights(String name) {
    SortedMap<String, HostTensor> arrays = new TreeMap<>();
    long state = name.hashCode();
    for (int i = 0; i < ARRAYS; i++) {
      float[] values = new float[RESNET_18 / ARRAYS + (i < RESNET_18 % ARRAYS ? 1 : 0)];
      for (int j = 0; j < values.length; j++) {
        state = state * 6364136223846793005L + 1442695040888963407L; // Knuth's MMIX
        values[j] = (state >> 40) / (float) (1 << 23);
      }
      arrays.put(name + "/" + i, HostTensor.of(values, values.length));
    }
    return arrays;
  }
}
