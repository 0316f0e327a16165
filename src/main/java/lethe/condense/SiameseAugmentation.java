package lethe.condense;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import lethe.data.ImageSet;
import lethe.kernel.array.Draws;
import lethe.kernel.tensor.Scaled;
import lethe.net.Kernels;

/**
 * Differentiable siamese augmentation: one operation, with one draw of its numbers, done to real
 * and synthetic images alike.
 *
 * <p>One of: colour (brightness, then saturation, then contrast), crop (a shift by up to 4 pixels),
 * cutout (a square of 16 pixels), flip (every second time), scale (each side by 1/1.2 to 1.2) and
 * rotation (by up to 15 degrees). All are linear in the pixels; what comes from beyond the border
 * is 0.
 *
 * <p>Source: Zhao and Bilen (2021), "Dataset condensation with differentiable siamese
 * augmentation"; {@code dc_utils.py} lines 472-648 of the authors' code. <b>Departures</b>: from
 * the code, whose real images are augmented on another device with other draws, so that its
 * augmentation is not siamese; GM and DM do so too under protocol as-published.
 */
final class SiameseAugmentation {
  private static final double BRIGHTNESS = 1.0;
  private static final double SATURATION = 2.0;
  private static final double CONTRAST = 0.5;
  private static final int SHIFT = 4; // pixels: an eighth of the side
  private static final int HOLE = ImageSet.SIDE / 2; // pixels
  private static final double SCALE = 1.2;
  private static final double DEGREES = 15;
  private static final int[] CHANNELS = {1};

  enum Operation {
    COLOUR,
    CROP,
    CUTOUT,
    FLIP,
    SCALE,
    ROTATE
  }

  private final Operation operation;
  private final double[] numbers;

  /**
   * @param numbers what the operation takes: colour an offset and two factors, crop a shift in
   *     pixels (x, y), cutout the upper left corner (y, x), flip 1 or 0, scale two factors,
   *     rotation radians
   */
  SiameseAugmentation(Operation operation, double... numbers) {
    this.operation = operation;
    this.numbers = numbers.clone();
  }

  String operation() {
    return operation.name();
  }

  /** One operation with its numbers. */
  static SiameseAugmentation drawn(Draws draws) {
    return drawn(Operation.values()[draws.nextInt(Operation.values().length)], draws);
  }

  /**
   * The same operation with numbers of its own, where the authors draw them on the images' device;
   * scale and rotation they draw on the host, for real and synthetic images alike.
   */
  SiameseAugmentation drawnAgain(Draws draws) {
    boolean onHost = operation == Operation.SCALE || operation == Operation.ROTATE;
    return onHost ? this : drawn(operation, draws);
  }

  private static SiameseAugmentation drawn(Operation operation, Draws draws) {
    double[] numbers =
        switch (operation) {
          case COLOUR ->
              new double[] {
                BRIGHTNESS * (draws.nextDouble() - 0.5),
                SATURATION * draws.nextDouble(),
                CONTRAST + draws.nextDouble()
              };
          case CROP -> new double[] {shift(draws), shift(draws)};
          case CUTOUT -> new double[] {corner(draws), corner(draws)};
          case FLIP -> new double[] {draws.nextInt(2)};
          case SCALE ->
              new double[] {draws.uniform(1 / SCALE, SCALE), draws.uniform(1 / SCALE, SCALE)};
          case ROTATE -> new double[] {Math.toRadians(draws.uniform(-DEGREES, DEGREES))};
        };
    return new SiameseAugmentation(operation, numbers);
  }

  private static int shift(Draws draws) {
    return draws.nextInt(2 * SHIFT + 1) - SHIFT;
  }

  /** The hole's centre may lie anywhere, so a part of the hole may lie outside. */
  private static int corner(Draws draws) {
    return draws.nextInt(ImageSet.SIDE + 1) - HOLE / 2;
  }

  /**
   * The augmented images.
   *
   * @param images [n, 3, 32, 32]
   * @return the same shape, with the gradient
   */
  NDArray of(NDArray images, Kernels kernels) {
    return switch (operation) {
      case COLOUR -> coloured(images);
      case CROP -> {
        double pixel = 2.0 / ImageSet.SIDE; // of -1..1
        yield warped(images, kernels, 1, 0, numbers[0] * pixel, 0, 1, numbers[1] * pixel);
      }
      case CUTOUT -> images.mul(hole(images));
      case FLIP -> numbers[0] == 0 ? images : warped(images, kernels, -1, 0, 0, 0, 1, 0);
      case SCALE -> warped(images, kernels, numbers[0], 0, 0, 0, numbers[1], 0);
      case ROTATE -> {
        double cos = Math.cos(numbers[0]);
        double sin = Math.sin(numbers[0]);
        yield warped(images, kernels, cos, -sin, 0, sin, cos, 0);
      }
    };
  }

  private NDArray coloured(NDArray images) {
    NDArray x = images.add(numbers[0]);
    NDArray grey = x.mean(CHANNELS, true); // [n, 1, 32, 32]
    x = Scaled.by(x.sub(grey), numbers[1]).add(grey);
    NDArray flat = x.reshape(x.size(0), -1); // the engine's binding averages one axis at a time
    NDArray mean = flat.mean(new int[] {1}, true).reshape(x.size(0), 1, 1, 1);
    return Scaled.by(x.sub(mean), numbers[2]).add(mean);
  }

  private static NDArray warped(NDArray images, Kernels kernels, double... map) {
    NDManager scope = images.getManager();
    NDArray matrix = scope.create(map, new Shape(2, 3)).toType(images.getDataType(), false);
    return kernels.warp(images, matrix);
  }

  private NDArray hole(NDArray images) {
    float[] mask = new float[ImageSet.SIDE * ImageSet.SIDE];
    Arrays.fill(mask, 1);
    for (int y = 0; y < ImageSet.SIDE; y++) {
      for (int x = 0; x < ImageSet.SIDE; x++) {
        if (y >= numbers[0] && y < numbers[0] + HOLE && x >= numbers[1] && x < numbers[1] + HOLE) {
          mask[y * ImageSet.SIDE + x] = 0;
        }
      }
    }
    return images
        .getManager()
        .create(mask, new Shape(1, 1, ImageSet.SIDE, ImageSet.SIDE))
        .toType(images.getDataType(), false);
  }
}
