package lethe.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import lethe.kernel.array.Products;
import org.junit.jupiter.api.Test;

class EngineProductsTest {
  @Test
  void products_are_laid_out_row_by_row_of_the_others() {
    // Points (1, 2), (3, 4), (0, 1); rows (1, 0), (2, 1): 1 3 0 and 4 10 1.
    float[] out = new float[8];
    Arrays.fill(out, -1);
    try (Products.Held held = new EngineProducts().hold(new float[] {1, 2, 3, 4, 0, 1}, 3, 2)) {
      held.times(new float[] {1, 0, 2, 1, 9, 9}, 2, out);
    }
    assertArrayEquals(new float[] {1, 3, 0, 4, 10, 1, -1, -1}, out);
  }
}
