package lethe.kernel.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final int COUNT = 300;
  private static final int WIDTH = 16;
  private static final int ROWS = 40;

  private final Draws draws = new Draws(5);
  private final Points points = Points.of(floats(COUNT * WIDTH), WIDTH);

  private float[] floats(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) draws.uniform(-1, 1);
    }
    return values;
  }

  private double[] doubles(int n) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = draws.uniform(-1, 1);
    }
    return values;
  }

  /** Counts the rows that products are formed with. */
  private static Products counting(List<Integer> asked) {
    return (values, count, width) -> {
      Products.Held held = Products.inJava().hold(values, count, width);
      return new Products.Held() {
        @Override
        public void times(float[] rows, int others, float[] out) {
          asked.add(others);
          held.times(rows, others, out);
        }

        @Override
        public void close() {
          held.close();
        }
      };
    };
  }

  @Test
  void rows_that_moved_are_seen_and_those_that_did_not_cost_nothing() {
    List<Integer> asked = new ArrayList<>();
    double[] rows = doubles(ROWS * WIDTH);
    try (Nearest kept = new Nearest(points, counting(asked))) {
      for (int moved : new int[] {ROWS, 0, 1, 7, ROWS, 3}) {
        rows = rows.clone();
        for (int c = 0; c < moved; c++) {
          System.arraycopy(doubles(WIDTH), 0, rows, (c * 7 % ROWS) * WIDTH, WIDTH);
        }
        try (Nearest fresh = new Nearest(points, Products.inJava())) {
          assertArrayEquals(fresh.assign(rows, ROWS), kept.assign(rows, ROWS));
        }
        double[] squared = new double[COUNT];
        Arrays.fill(squared, Double.POSITIVE_INFINITY);
        kept.lower(squared, rows, 2); // between two assignments it must not be mistaken for one
      }
    }
    asked.removeIf(rowsOfOne -> rowsOfOne == 1);
    assertEquals(List.of(ROWS, 7, ROWS, 3), asked);
  }
}
