package lethe.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import lethe.data.Scores;
import org.junit.jupiter.api.Test;

class DistancesTest {
  private static final float LOG3 = (float) Math.log(3);

  @Test
  void distances_are_means_over_the_forget_set_alone() {
    // Images 0 and 2 are forgotten. 0: (¾, ¼) against (½, ½); 2: equal; 1 is no matter.
    float[] logits = {LOG3, 0, 9, 0, 1, 1, /* test */ 0, 7};
    float[] retrained = {0, 0, 0, 9, 4, 4, /* test */ 7, 0};
    Map<String, Double> values = Distances.score(logits, retrained, 2, new int[] {0, 2}).values();
    assertEquals(Set.of("activation-distance", "js-divergence", "kl-divergence"), values.keySet());
    double js = 0.5 * (0.75 * Math.log(6 / 5.0) + 0.25 * Math.log(2 / 3.0));
    js += 0.5 * (0.5 * Math.log(4 / 5.0) + 0.5 * Math.log(4 / 3.0));
    assertEquals(Math.sqrt(2) / 4 / 2, values.getOrDefault("activation-distance", -1.0), 1e-7);
    assertEquals(js / 2, values.getOrDefault("js-divergence", -1.0), 1e-7);
    // of Retraining: ½ log(2/3) + ½ log 2, not ¾ log(3/2) + ¼ log(1/2)
    assertEquals(Math.log(4 / 3.0) / 2 / 2, values.getOrDefault("kl-divergence", -1.0), 1e-7);
  }

  @Test
  void without_forget_images_or_numbers_there_is_no_distance() {
    float[] logits = {1, 0, Float.NaN, 0};
    assertEquals(Map.of(), Distances.score(logits, new float[4], 2, new int[0]).values());
    assertEquals(Map.of(), Distances.score(logits, new float[4], 2, new int[] {0, 1}).values());
    assertEquals(Map.of(), Distances.score(new float[4], logits, 2, new int[] {1}).values());
    Scores fine = Distances.score(logits, new float[4], 2, new int[] {0});
    assertEquals(3, fine.values().size());
  }
}
