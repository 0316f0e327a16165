package lethe.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * What F-sampling leaves (Algorithm 2).
 *
 * @param freeClusters ids of the clusters without a forget image that are not empty, ascending
 * @param residualSet training positions of retained images that share a cluster with a forget
 *     image, ascending
 */
public record RetainParts(int[] freeClusters, int[] residualSet) {
  /**
   * The images of {@code retain} that share no cluster with a forgotten one, in its order.
   *
   * @param retain R of the same round
   */
  public int[] freeSet(int[] retain) {
    return Arrays.stream(retain)
        .filter(image -> Arrays.binarySearch(residualSet, image) < 0)
        .toArray();
  }

  public void write(Path file) throws IOException {
    TreeMap<String, HostTensor> tensors = new TreeMap<>();
    tensors.put("free-clusters", HostTensor.of(freeClusters, freeClusters.length));
    tensors.put("residual-set", HostTensor.of(residualSet, residualSet.length));
    SafeTensors.write(file, tensors);
  }

  /**
   * @throws DataException when the file is cut or is none of these
   */
  public static RetainParts read(Path file) throws IOException {
    Carried carried = Carried.read(file, "retain parts");
    return new RetainParts(carried.ints("free-clusters"), carried.ints("residual-set"));
  }
}
