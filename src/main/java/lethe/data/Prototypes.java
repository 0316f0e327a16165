package lethe.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;

/**
 * Condensed images, one for each free cluster, in the order of {@link RetainParts#freeClusters()}.
 *
 * @param images n * 3,072 normalised values, laid out as in {@link ImageSet}; not clamped
 * @param labels class id of each
 */
public record Prototypes(float[] images, int[] labels) {
  public void write(Path file) throws IOException {
    TreeMap<String, HostTensor> tensors = new TreeMap<>();
    tensors.put(
        "images",
        HostTensor.of(images, labels.length, ImageSet.CHANNELS, ImageSet.SIDE, ImageSet.SIDE));
    tensors.put("labels", HostTensor.of(labels, labels.length));
    SafeTensors.write(file, tensors);
  }

  /**
   * @throws DataException when the file is cut or is none of these
   */
  public static Prototypes read(Path file) throws IOException {
    Carried carried = Carried.read(file, "prototypes");
    float[] images = carried.floats("images");
    int[] labels = carried.ints("labels");
    carried.require(images.length == (long) labels.length * ImageSet.BYTES, "images");
    return new Prototypes(images, labels);
  }
}
