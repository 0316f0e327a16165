package lethe.condense;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import lethe.kernel.array.Draws;
import lethe.net.EngineSession;
import lethe.net.EngineSettings;
import lethe.net.Kernels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SiameseAugmentationTest {
  private static final int SIDE = 32;
  private final EngineSession session = EngineSession.open(new EngineSettings("cpu", 2));

  @AfterEach
  void close() {
    session.close();
  }

  /** Noise: [n, 3, 32, 32] in double precision. */
  private static NDArray noise(NDManager scope, int n, long seed) {
    Draws draws = new Draws(seed);
    double[] values = new double[n * 3 * SIDE * SIDE];
    Arrays.setAll(values, i -> draws.uniform(-1, 1));
    return scope.create(values, new Shape(n, 3, SIDE, SIDE));
  }

  @Test
  void the_same_draw_does_the_same_to_every_image() {
    try (NDManager scope = session.scope()) {
      Kernels kernels = session.kernels(scope);
      NDArray one = noise(scope, 1, 7);
      NDArray two = one.concat(noise(scope, 1, 8));
      for (int seed = 0; seed < 40; seed++) {
        SiameseAugmentation augmentation = SiameseAugmentation.drawn(new Draws(seed));
        double[] alone = augmentation.of(one, kernels).toDoubleArray();
        double[] together = augmentation.of(two, kernels).toDoubleArray();
        assertArrayEquals(alone, Arrays.copyOf(together, alone.length), 1e-12);
      }
    }
  }

  @Test
  void the_published_mismatch_keeps_the_operation_and_what_is_drawn_on_the_host() {
    Set<String> differ = new HashSet<>();
    Set<String> agree = new HashSet<>();
    try (NDManager scope = session.scope()) {
      Kernels kernels = session.kernels(scope);
      NDArray image = noise(scope, 1, 7);
      for (int seed = 0; seed < 200; seed++) {
        SiameseAugmentation first = SiameseAugmentation.drawn(new Draws(seed));
        SiameseAugmentation second = first.drawnAgain(new Draws(1000 + seed));
        assertEquals(first.operation(), second.operation());
        boolean same =
            Arrays.equals(
                first.of(image, kernels).toDoubleArray(),
                second.of(image, kernels).toDoubleArray());
        (same ? agree : differ).add(first.operation());
      }
    }
    assertEquals(Set.of("COLOUR", "CROP", "CUTOUT", "FLIP"), differ);
    assertTrue(agree.containsAll(Set.of("SCALE", "ROTATE")));
  }

  @Test
  void gradients_agree_with_differences_for_every_operation() {
    Set<String> seen = new HashSet<>();
    try (NDManager scope = session.scope()) {
      Kernels kernels = session.kernels(scope);
      NDArray images = noise(scope, 1, 7);
      NDArray weights = noise(scope, 1, 9);
      NDArray way = noise(scope, 1, 11);
      for (int seed = 0; seed < 40; seed++) {
        SiameseAugmentation augmentation = SiameseAugmentation.drawn(new Draws(seed));
        seen.add(augmentation.operation());
        NDArray leaf = kernels.leaf(images);
        NDArray value = session.recording(() -> augmentation.of(leaf, kernels).mul(weights).sum());
        double slope =
            kernels
                .gradients(value, new NDList(leaf))
                .singletonOrThrow()
                .mul(way)
                .sum()
                .getDouble();
        // linear in the pixels, so a long step is as good as a short one
        double there = augmentation.of(images.add(way), kernels).mul(weights).sum().getDouble();
        double here = augmentation.of(images, kernels).mul(weights).sum().getDouble();
        assertEquals(there - here, slope, 1e-9 * Math.max(1, Math.abs(slope)), "seed " + seed);
      }
    }
    assertEquals(6, seen.size(), seen.toString());
  }

  @Test
  void a_crop_shifts_by_whole_pixels_and_a_flip_mirrors() {
    try (NDManager scope = session.scope()) {
      Kernels kernels = session.kernels(scope);
      NDArray images = noise(scope, 1, 7);
      double[] before = images.toDoubleArray();
      double[] shifted =
          new SiameseAugmentation(SiameseAugmentation.Operation.CROP, 3, -2)
              .of(images, kernels)
              .toDoubleArray();
      double[] flipped =
          new SiameseAugmentation(SiameseAugmentation.Operation.FLIP, 1)
              .of(images, kernels)
              .toDoubleArray();
      // the pixel at column x, row y shows what was at x + 3, y - 2
      assertEquals(before[8 * SIDE + 13], shifted[10 * SIDE + 10], 1e-9);
      assertEquals(0, shifted[10 * SIDE + 30], 1e-9, "from beyond the border");
      assertEquals(before[4 * SIDE + 31 - 5], flipped[4 * SIDE + 5], 1e-9);
    }
  }

  @Test
  void cutout_takes_a_square_of_half_the_side() {
    try (NDManager scope = session.scope()) {
      NDArray ones = scope.ones(new Shape(1, 3, SIDE, SIDE));
      float[] left =
          new SiameseAugmentation(SiameseAugmentation.Operation.CUTOUT, 4, -8)
              .of(ones, session.kernels(scope))
              .toFloatArray();
      double sum = 0;
      for (float value : left) {
        sum += value;
      }
      // rows 4 to 19, columns -8 to 7: 16 x 8 pixels in each of three channels
      assertEquals(3 * (SIDE * SIDE - 16 * 8), sum, 1e-6);
      assertTrue(left[4 * SIDE] == 0 && left[3 * SIDE] == 1 && left[4 * SIDE + 8] == 1);
    }
  }

  @Test
  void colour_is_brightness_then_saturation_then_contrast() {
    try (NDManager scope = session.scope()) {
      // three channels of one value each: 1, 2, 6; mean 3
      float[] values = new float[3 * SIDE * SIDE];
      for (int i = 0; i < values.length; i++) {
        values[i] = new float[] {1, 2, 6}[i / (SIDE * SIDE)];
      }
      NDArray image = scope.create(values, new Shape(1, 3, SIDE, SIDE));
      float[] got =
          new SiameseAugmentation(SiameseAugmentation.Operation.COLOUR, 0.5, 2, 0.5)
              .of(image, session.kernels(scope))
              .toFloatArray();
      // + 0.5: 1.5 2.5 6.5, mean 3.5; twice as far from it: -0.5 1.5 9.5; half as far again: 1.5
      // 2.5 6.5
      assertEquals(1.5, got[0], 1e-5);
      assertEquals(2.5, got[SIDE * SIDE], 1e-5);
      assertEquals(6.5, got[2 * SIDE * SIDE], 1e-5);
    }
  }
}
