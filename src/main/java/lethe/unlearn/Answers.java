package lethe.unlearn;

/**
 * What fixed weights say of images: constants, for in inference no network looks at a batch as a
 * whole.
 */
@FunctionalInterface
public interface Answers {
  /** Class scores of the images numbered {@code images}: [n, classes] row by row. */
  float[] of(int[] images);
}
