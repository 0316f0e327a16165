package lethe.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Iterator;
import java.util.List;

/**
 * ResNet-18 for 32x32 images with instance norm in place of batch norm: a 3x3 stem without pooling,
 * four stages of two basic blocks (64, 128, 256, 512 channels, the last three halving the image),
 * the mean over the pixels, one linear layer. 11,173,962 parameters for ten classes.
 *
 * <p>Source: He, Zhang, Ren and Sun (2016); {@code networks.py} of DatasetCondensation.
 */
public final class ResNet18 implements Network {
  private static final int[] WIDTHS = {64, 128, 256, 512};
  private static final int BLOCKS = 2; // in each stage

  private final int classes;
  private final List<ParameterSpec> parameters;

  public ResNet18(int classes) {
    this.classes = classes;
    ParameterList list = new ParameterList().convolution("conv1", 3, WIDTHS[0], 3);
    list.norm("bn1", WIDTHS[0]);
    int in = WIDTHS[0];
    for (int stage = 0; stage < WIDTHS.length; stage++) {
      for (int block = 0; block < BLOCKS; block++) {
        listBlock(list, "layer" + (stage + 1) + "." + block, in, WIDTHS[stage]);
        in = WIDTHS[stage];
      }
    }
    this.parameters = list.linear("classifier", embedDimension(), classes).toList();
  }

  private static void listBlock(ParameterList list, String name, int in, int out) {
    list.convolution(name + ".conv1", in, out, 3).norm(name + ".bn1", out);
    list.convolution(name + ".conv2", out, out, 3).norm(name + ".bn2", out);
    if (in != out) {
      list.convolution(name + ".shortcut.0", in, out, 1).norm(name + ".shortcut.1", out);
    }
  }

  @Override
  public NDArray embed(NDList parameters, NDArray images, Kernels kernels) {
    Iterator<NDArray> p = parameters.iterator();
    NDArray x =
        kernels.keepingResult(
            k -> k.normRelu(k.convolution(images, p.next(), 1), p.next(), p.next()));
    int in = WIDTHS[0];
    for (int width : WIDTHS) {
      for (int block = 0; block < BLOCKS; block++) {
        x = block(p, x, in, width, kernels); // [n, width, side, side]
        in = width;
      }
    }
    return kernels.average(x); // [n, 512]
  }

  /** A basic block; it halves the image where the channels change. */
  private static NDArray block(
      Iterator<NDArray> p, NDArray input, int in, int out, Kernels kernels) {
    int stride = in == out ? 1 : 2;
    return kernels.keepingResult(
        k -> {
          NDArray x = k.normRelu(k.convolution(input, p.next(), stride), p.next(), p.next());
          x = k.norm(k.convolution(x, p.next(), 1), p.next(), p.next());
          if (in == out) {
            return k.addRelu(x, input);
          }
          NDArray shortcut = k.norm(k.convolution(input, p.next(), stride), p.next(), p.next());
          return k.addRelu(x, shortcut);
        });
  }

  @Override
  public int embedDimension() {
    return WIDTHS[WIDTHS.length - 1];
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
