package lethe.data;

import java.util.Arrays;

/**
 * An array of numbers in Java's memory, row by row, with its shape: what files hold and what goes
 * to and comes from the engine. The array is not copied.
 */
public sealed interface HostTensor {
  /** Sizes of the axes, outermost first; empty for a single number. */
  long[] shape();

  /** How many numbers it holds. */
  int size();

  /** 32-bit floats. */
  record F32(long[] shape, float[] values) implements HostTensor {
    public F32 {
      requireSize(shape, values.length);
    }

    @Override
    public int size() {
      return values.length;
    }
  }

  /** 32-bit signed integers. */
  record I32(long[] shape, int[] values) implements HostTensor {
    public I32 {
      requireSize(shape, values.length);
    }

    @Override
    public int size() {
      return values.length;
    }
  }

  /** 8-bit unsigned integers. */
  record U8(long[] shape, byte[] values) implements HostTensor {
    public U8 {
      requireSize(shape, values.length);
    }

    @Override
    public int size() {
      return values.length;
    }
  }

  static F32 of(float[] values, long... shape) {
    return new F32(shape, values);
  }

  static I32 of(int[] values, long... shape) {
    return new I32(shape, values);
  }

  static U8 of(byte[] values, long... shape) {
    return new U8(shape, values);
  }

  /** The values of an {@link F32}. */
  default float[] floats() {
    if (this instanceof F32 tensor) {
      return tensor.values();
    }
    throw new DataException("Floats (F32) are expected, and the array holds " + dtype() + ".");
  }

  /** The values of an {@link I32}. */
  default int[] ints() {
    if (this instanceof I32 tensor) {
      return tensor.values();
    }
    throw new DataException("Integers (I32) are expected, and the array holds " + dtype() + ".");
  }

  /** The values of a {@link U8}. */
  default byte[] bytes() {
    if (this instanceof U8 tensor) {
      return tensor.values();
    }
    throw new DataException("Bytes (U8) are expected, and the array holds " + dtype() + ".");
  }

  /** The name of the type in a file: F32, I32 or U8. */
  default String dtype() {
    return getClass().getSimpleName();
  }

  private static void requireSize(long[] shape, int size) {
    long product = 1;
    for (long axis : shape) {
      product = Math.multiplyExact(product, axis);
    }
    if (product != size) {
      throw new IllegalArgumentException(
          size + " numbers do not fill the shape " + Arrays.toString(shape));
    }
  }
}
