package lethe.net;

import java.util.stream.IntStream;
import lethe.kernel.array.Draws;

/**
 * The embedder ψ: a ConvNet with random weights, never trained.
 *
 * @param network whose {@link Network#embed} it is
 * @param weights as drawn
 */
public record Embedder(Network network, Weights weights) {
  /** A fresh one. */
  public static Embedder random(int width, int depth, Draws draws) {
    Network network = new ConvNet(width, depth, 10); // the last layer is not used
    return new Embedder(network, Weights.initial(network, draws));
  }

  /** The same with its layers in another precision. */
  public Embedder in(Precision precision) {
    return new Embedder(precision.of(network), weights);
  }

  /**
   * ψ of the training images: [n, d] row by row.
   *
   * @throws StoppedException when asked to stop
   */
  public float[] trainFeatures(EngineSession session, ImageTable table, Signals signals) {
    int[] all = IntStream.range(0, table.trainSize()).toArray();
    return new Inference(session, network, table, signals).features(weights, all);
  }
}
