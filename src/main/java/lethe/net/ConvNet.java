package lethe.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;

/**
 * The ConvNet of dataset condensation: {@code depth} blocks of [convolution 3x3 with bias, instance
 * norm, ReLU, average pool 2x2], then one linear layer. Width 128 and depth 3 make the paper's
 * (320,010 parameters for ten classes); untrained, it is the embedder ψ.
 *
 * <p>Source: Zhao, Mopuri and Bilen (2021), {@code networks.py} of DatasetCondensation.
 */
public final class ConvNet implements Network {
  static final int SIDE = 32;

  private final Norm norm;
  private final int width;
  private final int depth;
  private final int classes;
  private final List<ParameterSpec> parameters;

  /**
   * With instance norm.
   *
   * @param width channels of every block, 1 or more
   * @param depth blocks, 1 to 4
   */
  public ConvNet(int width, int depth, int classes) {
    this(Norm.INSTANCE, width, depth, classes);
  }

  ConvNet(Norm norm, int width, int depth, int classes) {
    if (width < 1 || depth < 1 || depth > 4 || classes < 1) {
      throw new IllegalArgumentException(
          "A ConvNet has a width and classes of 1 or more and a depth of 1 to 4, not width %d, depth %d, %d classes."
              .formatted(width, depth, classes));
    }
    this.norm = norm;
    this.width = width;
    this.depth = depth;
    this.classes = classes;
    ParameterList list = new ParameterList(norm);
    int in = 3;
    for (int block = 0; block < depth; block++) {
      String convolution = "features." + 4 * block; // of four layers: convolution, norm, ReLU, pool
      list.convolution(convolution, in, width, 3).bias(convolution, width, in * 9);
      list.norm("features." + (4 * block + 1), width);
      in = width;
    }
    this.parameters = list.linear("classifier", embedDimension(), classes).toList();
  }

  @Override
  public NDArray embed(NDList parameters, NDArray images, Kernels kernels) {
    Layers p = new Layers(norm, parameters, trained());
    NDArray x = images; // [n, 3, 32, 32]
    for (int block = 0; block < depth; block++) {
      x = block(p, x, kernels);
    }
    return x.reshape(x.size(0), embedDimension()); // [n, width * side²]
  }

  private static NDArray block(Layers p, NDArray input, Kernels kernels) {
    return kernels.keepingResult(
        k -> {
          NDArray x = k.convolution(input, p.next(), p.next()); // [n, width, side, side]
          x = p.normRelu(x, k);
          return k.halve(x); // [n, width, side/2, side/2]
        });
  }

  @Override
  public long keptNumbers() {
    long kept = 0;
    for (int side = SIDE; side > SIDE >> depth; side /= 2) {
      long map = (long) width * side * side;
      kept += 2 * map + map / 4; // convolution, norm with ReLU, pool
    }
    return kept;
  }

  @Override
  public long widestNumbers() {
    return (long) width * SIDE * SIDE;
  }

  @Override
  public int embedDimension() {
    int side = SIDE >> depth;
    return width * side * side;
  }

  @Override
  public List<ParameterSpec> parameters() {
    return parameters;
  }

  @Override
  public int classes() {
    return classes;
  }
}
