package lethe.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;

/**
 * What a network says of many images, in batches of 256, without gradients. The batch size is
 * fixed, for the last bits of a result may depend on it.
 */
public record Inference(EngineSession session, Network network, ImageTable table, Signals signals) {
  public static final int BATCH = 256;

  private interface Layer {
    NDArray apply(NDList parameters, NDArray images, Kernels kernels);
  }

  /** Class scores of the images numbered {@code indices}: [n, classes] row by row. */
  public float[] logits(Weights weights, int[] indices) {
    return rows(weights, indices, network.classes(), network::logits);
  }

  /** Features of the images numbered {@code indices}: [n, embedDimension] row by row. */
  public float[] features(Weights weights, int[] indices) {
    return rows(weights, indices, network.embedDimension(), network::embed);
  }

  private float[] rows(Weights weights, int[] indices, int width, Layer layer) {
    float[] rows = new float[Math.multiplyExact(indices.length, width)];
    int batches = (indices.length + BATCH - 1) / BATCH;
    try (NDManager scope = session.scope()) {
      NDList parameters = weights.toDevice(scope);
      for (int batch = 0; batch < batches; batch++) {
        signals.check();
        int from = batch * BATCH;
        int[] some = Arrays.copyOfRange(indices, from, Math.min(from + BATCH, indices.length));
        try (NDManager inner = scope.newSubManager()) {
          Kernels kernels = session.kernels(inner);
          NDArray result = layer.apply(parameters, table.batch(kernels, some), kernels);
          System.arraycopy(result.toFloatArray(), 0, rows, from * width, some.length * width);
        }
        signals.progress(batch + 1L, batches, Double.NaN);
      }
    }
    return rows;
  }
}
