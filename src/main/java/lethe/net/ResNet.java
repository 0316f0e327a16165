package lethe.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;

/**
 * ResNets for 32x32 images, with instance norm in place of batch norm or as they were published: a
 * 3x3 stem without pooling, four stages of residual blocks (widths 64, 128, 256, 512, the last
 * three halving the image), the mean over the pixels, one linear layer. For ten classes ResNet-18
 * has 11,173,962 parameters and ResNet-50 has 23,520,842.
 *
 * <p>Source: He, Zhang, Ren and Sun (2016); {@code networks.py} of DatasetCondensation, whose
 * bottleneck halves the image in its 3x3 convolution.
 */
public final class ResNet implements Network {
  private static final int STEM = 64; // channels
  private static final int SIDE = 32; // pixels
  private static final int[] WIDTHS = {64, 128, 256, 512};

  /** What a block is made of; its output has {@code expansion} times the stage's width. */
  private enum Kind {
    BASIC(1),
    BOTTLENECK(4);

    final int expansion;

    Kind(int expansion) {
      this.expansion = expansion;
    }
  }

  /** One residual block. */
  private record Block(String name, Kind kind, int in, int width, int stride) {
    int out() {
      return width * kind.expansion;
    }

    /** Numbers kept of one image that comes with {@code side} pixels a side. */
    long kept(int side) {
      long before = (long) side * side;
      long after = before / (stride * stride);
      long first = kind == Kind.BASIC ? width * after : width * before;
      long inner = kind == Kind.BASIC ? 0 : width * after;
      // each convolution and its norm; the sum with its ReLU; the projection
      return 2 * (first + inner + out() * after)
          + out() * after
          + (projects() ? 2 * out() * after : 0);
    }

    /** A shortcut that changes nothing has no parameters. */
    boolean projects() {
      return stride != 1 || in != out();
    }

    void list(ParameterList list) {
      if (kind == Kind.BASIC) {
        list.convolution(name + ".conv1", in, width, 3).norm(name + ".bn1", width);
        list.convolution(name + ".conv2", width, width, 3).norm(name + ".bn2", width);
      } else {
        list.convolution(name + ".conv1", in, width, 1).norm(name + ".bn1", width);
        list.convolution(name + ".conv2", width, width, 3).norm(name + ".bn2", width);
        list.convolution(name + ".conv3", width, out(), 1).norm(name + ".bn3", out());
      }
      if (projects()) {
        list.convolution(name + ".shortcut.0", in, out(), 1).norm(name + ".shortcut.1", out());
      }
    }

    /** From [n, in, side, side] to [n, out, side / stride, side / stride]. */
    NDArray apply(Layers p, NDArray input, Kernels kernels) {
      return kernels.keepingResult(
          k -> {
            NDArray x = input;
            if (kind == Kind.BOTTLENECK) {
              x = p.normRelu(k.convolution(x, p.next(), 1), k);
            }
            x = p.normRelu(k.convolution(x, p.next(), stride), k);
            x = p.norm(k.convolution(x, p.next(), 1), k);
            return k.addRelu(x, projects() ? projected(p, input, k) : input);
          });
    }

    private NDArray projected(Layers p, NDArray input, Kernels k) {
      return p.norm(k.convolution(input, p.next(), stride), k);
    }
  }

  private final Norm norm;
  private final int classes;
  private final List<Block> blocks = new ArrayList<>();
  private final List<ParameterSpec> parameters;

  private ResNet(Kind kind, int[] depths, Norm norm, int classes) {
    this.norm = norm;
    this.classes = classes;
    ParameterList list = new ParameterList(norm).convolution("conv1", 3, STEM, 3).norm("bn1", STEM);
    int in = STEM;
    for (int stage = 0; stage < WIDTHS.length; stage++) {
      for (int i = 0; i < depths[stage]; i++) {
        int stride = stage > 0 && i == 0 ? 2 : 1;
        Block block = new Block("layer" + (stage + 1) + "." + i, kind, in, WIDTHS[stage], stride);
        block.list(list);
        blocks.add(block);
        in = block.out();
      }
    }
    this.parameters = list.linear("classifier", embedDimension(), classes).toList();
  }

  /** ResNet-18: two basic blocks a stage. */
  static ResNet eighteen(Norm norm, int classes) {
    return new ResNet(Kind.BASIC, new int[] {2, 2, 2, 2}, norm, classes);
  }

  /** ResNet-50: bottlenecks, 3, 4, 6 and 3 a stage. */
  static ResNet fifty(Norm norm, int classes) {
    return new ResNet(Kind.BOTTLENECK, new int[] {3, 4, 6, 3}, norm, classes);
  }

  @Override
  public NDArray embed(NDList parameters, NDArray images, Kernels kernels) {
    Layers p = new Layers(norm, parameters, trained());
    NDArray x = kernels.keepingResult(k -> p.normRelu(k.convolution(images, p.next(), 1), k));
    for (Block block : blocks) {
      x = block.apply(p, x, kernels);
    }
    return kernels.average(x); // [n, 512] or [n, 2048]
  }

  @Override
  public long keptNumbers() {
    long kept = 2L * STEM * SIDE * SIDE;
    int side = SIDE;
    for (Block block : blocks) {
      kept += block.kept(side);
      side /= block.stride();
    }
    return kept;
  }

  @Override
  public long widestNumbers() {
    return (long) blocks.get(0).out() * SIDE * SIDE; // later stages have fewer pixels
  }

  @Override
  public int embedDimension() {
    return blocks.get(blocks.size() - 1).out();
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
