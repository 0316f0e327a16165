package lethe.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;

/**
 * The arrays of one artifact, with sentences for what is missing.
 *
 * @param what the artifact's name in sentences
 */
record Carried(Path file, String what, SortedMap<String, HostTensor> tensors) {
  static Carried read(Path file, String what) throws IOException {
    return new Carried(file, what, SafeTensors.read(file));
  }

  boolean has(String name) {
    return tensors.containsKey(name);
  }

  int[] ints(String name) {
    HostTensor tensor = named(name);
    require(tensor instanceof HostTensor.I32, name);
    return tensor.ints();
  }

  float[] floats(String name) {
    HostTensor tensor = named(name);
    require(tensor instanceof HostTensor.F32, name);
    return tensor.floats();
  }

  void require(boolean holds, String name) {
    if (!holds) {
      throw new DataException(
          file + " holds no " + what + ": its array \"" + name + "\" has a wrong type or values.");
    }
  }

  private HostTensor named(String name) {
    HostTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new DataException(
          file + " holds no " + what + ": it has no array \"" + name + "\", only " + names() + ".");
    }
    return tensor;
  }

  private String names() {
    return String.join(", ", tensors.keySet());
  }
}
