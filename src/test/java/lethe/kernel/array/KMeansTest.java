package lethe.kernel.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KMeansTest {
  private static final Products JAVA = Products.inJava();

  @Test
  void two_pairs_on_a_line_make_two_clusters() {
    // Points 0, 1, 10, 11 with centroids at the first two: pass 1 puts 0 | 1, 10, 11, means 0 and
    // 22/3; pass 2 puts 0, 1 | 10, 11, means 1/2 and 21/2; pass 3 changes nothing.
    Points points = Points.of(new double[] {0, 1, 10, 11}, 1);
    KMeans.Result result =
        new KMeans(2, 100, 1e-4).runFrom(points, new int[] {0, 1}, new Draws(1), JAVA);
    assertArrayEquals(new int[] {0, 0, 1, 1}, result.assignment());
    assertArrayEquals(new double[] {0.5, 10.5}, result.centroids());
    assertEquals(3, result.iterations());
    assertEquals(0, result.lastShift());
  }

  @Test
  void the_assignment_is_the_one_before_the_last_update() {
    // One pass only: 0 | 1, 10, 11 although the centroids have moved on to 0 and 22/3.
    Points points = Points.of(new double[] {0, 1, 10, 11}, 1);
    KMeans.Result result =
        new KMeans(2, 1, 0).runFrom(points, new int[] {0, 1}, new Draws(1), JAVA);
    assertArrayEquals(new int[] {0, 1, 1, 1}, result.assignment());
    assertArrayEquals(new double[] {0, 22.0 / 3}, result.centroids());
    assertEquals(19.0 / 3, result.lastShift(), 1e-12); // |0 - 0| + |22/3 - 1|, not squared
  }

  @Test
  void as_many_clusters_as_points_puts_each_alone() {
    Points points = Points.of(cloud(40, 3, 7), 3);
    KMeans.Result result = new KMeans(40, 100, 1e-4).run(points, new Draws(2), JAVA);
    assertEquals(40, Arrays.stream(result.assignment()).distinct().count());
    assertEquals(1, result.iterations());
  }

  @Test
  void more_clusters_than_points_is_an_error() {
    Points points = Points.of(new float[] {1, 2, 3}, 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> new KMeans(4, 100, 1e-4).run(points, new Draws(1), JAVA));
  }

  @Test
  void equal_points_end_without_a_nan() {
    float[] same = new float[20 * 5];
    Arrays.fill(same, 0.1f);
    KMeans.Result result = new KMeans(6, 100, 1e-4).run(Points.of(same, 5), new Draws(1), JAVA);
    assertArrayEquals(new int[20], result.assignment()); // the lowest index wins every tie
    assertTrue(Arrays.stream(result.centroids()).allMatch(Double::isFinite));
    assertEquals(1, result.iterations());
  }

  @Test
  void duplicates_are_chosen_only_when_nothing_else_is_left() {
    // Three places, two points each: the first three centroids are the three places.
    Points points = Points.of(new double[] {1, 1, 5, 5, 9, 9}, 1);
    for (int seed = 0; seed < 20; seed++) {
      KMeans.Result result = new KMeans(3, 100, 1e-4).run(points, new Draws(seed), JAVA);
      assertEquals(3, Arrays.stream(result.assignment()).distinct().count());
    }
  }

  @Test
  void further_centroids_are_drawn_by_squared_distance() {
    // D² of 0, 1 and 3: never the first, the third three times as often as the second.
    Draws draws = new Draws(6);
    int[] drawn = new int[3];
    for (int draw = 0; draw < 4000; draw++) {
      drawn[KMeans.Seeding.next(new double[] {0, 1, 3}, new boolean[3], draws)]++;
    }
    assertEquals(0, drawn[0]);
    assertEquals(3000, drawn[2], 140); // five standard deviations
  }

  @Test
  void a_point_that_is_not_finite_is_an_error() {
    Points points = Points.of(new float[] {1, Float.NaN, 3}, 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> new KMeans(2, 100, 1e-4).run(points, new Draws(1), JAVA));
  }

  @Test
  void an_empty_cluster_moves_to_a_point() {
    // Both centroids start at 0: cluster 1 is empty and moves to a point drawn at random.
    Points points = Points.of(new double[] {0, 0, 6}, 1);
    KMeans.Result result =
        new KMeans(2, 1, 0).runFrom(points, new int[] {0, 1}, new Draws(3), JAVA);
    assertEquals(2, result.centroids()[0]);
    assertTrue(result.centroids()[1] == 0 || result.centroids()[1] == 6);
  }

  @Test
  void rounding_of_the_products_does_not_reach_the_result() {
    // A grid has many ties, which rounded distances would break at random.
    float[] values = grid(12);
    Points points = Points.of(values, 2);
    KMeans kMeans = new KMeans(9, 100, 1e-4);
    KMeans.Result exact = kMeans.run(points, new Draws(5), JAVA);
    for (int seed = 0; seed < 10; seed++) {
      KMeans.Result rounded = kMeans.run(points, new Draws(5), withNoise(seed));
      assertArrayEquals(exact.assignment(), rounded.assignment());
      assertArrayEquals(exact.centroids(), rounded.centroids());
    }
  }

  @Test
  void float_and_double_points_lead_to_the_same_clusters() {
    float[] values = cloud(300, 17, 3);
    double[] wide = new double[values.length];
    for (int e = 0; e < wide.length; e++) {
      wide[e] = values[e];
    }
    KMeans kMeans = new KMeans(11, 100, 1e-4);
    KMeans.Result narrow = kMeans.run(Points.of(values, 17), new Draws(8), JAVA);
    KMeans.Result same = kMeans.run(Points.of(wide, 17), new Draws(8), JAVA);
    assertArrayEquals(narrow.assignment(), same.assignment());
    assertArrayEquals(narrow.centroids(), same.centroids());
  }

  @Test
  void every_point_ends_at_its_nearest_centroid() {
    Points points = Points.of(cloud(600, 9, 4), 9); // more than two blocks of the product
    KMeans.Result result = new KMeans(20, 100, 1e-9).run(points, new Draws(4), JAVA);
    for (int i = 0; i < points.count(); i++) {
      int own = result.assignment()[i];
      double distance = points.squaredDistance(i, result.centroids(), own);
      for (int c = 0; c < 20; c++) {
        assertTrue(distance <= points.squaredDistance(i, result.centroids(), c) + 1e-9);
      }
    }
  }

  /** Java's products, each moved by nearly as much as the bound allows. */
  private static Products withNoise(int seed) {
    Draws noise = new Draws(seed);
    return (points, count, width) -> {
      Products.Held held = JAVA.hold(points, count, width);
      return new Products.Held() {
        @Override
        public void times(float[] rows, int others, float[] out) {
          held.times(rows, others, out);
          for (int c = 0; c < others; c++) {
            for (int i = 0; i < count; i++) {
              double size = 0;
              for (int t = 0; t < width; t++) {
                size += Math.abs(points[i * width + t] * rows[c * width + t]);
              }
              out[c * count + i] += (float) (noise.uniform(-1, 1) * size * (width + 1) * 0x1.0p-24);
            }
          }
        }

        @Override
        public void close() {
          held.close();
        }
      };
    };
  }

  private static float[] grid(int side) {
    float[] values = new float[side * side * 2];
    for (int i = 0; i < side * side; i++) {
      values[2 * i] = 100 + i % side;
      values[2 * i + 1] = 200 + i / side;
    }
    return values;
  }

  private static float[] cloud(int count, int width, long seed) {
    Draws draws = new Draws(seed);
    float[] values = new float[count * width];
    for (int e = 0; e < values.length; e++) {
      values[e] = (float) draws.uniform(0, 1);
    }
    return values;
  }
}
