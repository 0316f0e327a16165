package lethe.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import lethe.data.Checkpoint;
import lethe.data.DataException;
import lethe.data.HostTensor;

/** Arrays of the device on their way into a {@link Checkpoint} and back, to the last bit. */
public final class DeviceState {
  private final SortedMap<String, HostTensor> arrays = new TreeMap<>();
  private final SortedMap<String, Double> numbers = new TreeMap<>();

  /** Adds single-precision arrays. */
  public DeviceState with(String name, NDList list) {
    for (int i = 0; i < list.size(); i++) {
      NDArray array = list.get(i);
      arrays.put(name(name, i), HostTensor.of(array.toFloatArray(), array.getShape().getShape()));
    }
    return this;
  }

  /** Adds an array of the host. */
  public DeviceState with(String name, HostTensor array) {
    arrays.put(name, array);
    return this;
  }

  /** Adds a number. */
  public DeviceState with(String name, double number) {
    numbers.put(name, number);
    return this;
  }

  public Checkpoint checkpoint() {
    return new Checkpoint(arrays, numbers);
  }

  /**
   * Overwrites {@code list} with the arrays that were added as {@code name}.
   *
   * @throws DataException when there are none, or of another shape
   */
  public static void restore(Checkpoint from, String name, NDList list) {
    for (int i = 0; i < list.size(); i++) {
      NDArray target = list.get(i);
      HostTensor saved = from.array(name(name, i));
      if (!Arrays.equals(saved.shape(), target.getShape().getShape())) {
        throw new DataException(
            "The checkpoint's %s has the shape %s, not %s."
                .formatted(name(name, i), Arrays.toString(saved.shape()), target.getShape()));
      }
      try (NDArray source = target.getManager().create(saved.floats(), target.getShape())) {
        source.copyTo(target);
      }
    }
  }

  /**
   * The array that was added as the only one of {@code name}.
   *
   * @param scope where it lives
   * @throws DataException when there is none
   */
  public static NDArray array(Checkpoint from, String name, NDManager scope) {
    HostTensor saved = from.array(name(name, 0));
    return scope.create(saved.floats(), new Shape(saved.shape()));
  }

  private static String name(String list, int i) {
    return list + "." + i;
  }
}
