package lethe.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;

/**
 * A network whose layers compute in bfloat16: images and parameters are rounded to it where a layer
 * takes them in, sums inside of a layer are float32 as far as the engine keeps them so, and what
 * comes out is float32 again. Parameters and their gradients are float32, so that small updates are
 * not lost: mixed precision with float32 master weights.
 *
 * <p>Its memory is estimated as that of float32, for what the engine rounds to and fro has not been
 * measured on a device that computes in bfloat16.
 *
 * <p>Source: Micikevicius et al. (2018), "Mixed precision training"; bfloat16 needs no scaling of
 * the loss, for it has the exponents of float32.
 */
record Bf16Network(Network network) implements Network {
  @Override
  public List<ParameterSpec> parameters() {
    return network.parameters();
  }

  @Override
  public NDArray embed(NDList parameters, NDArray images, Kernels kernels) {
    return kernels.keepingResult(k -> k.single(network.embed(parameters, k.bfloat16(images), k)));
  }

  @Override
  public NDArray logits(NDList parameters, NDArray images, Kernels kernels) {
    return kernels.keepingResult(k -> network.logits(parameters, k.bfloat16(images), k));
  }

  @Override
  public int embedDimension() {
    return network.embedDimension();
  }

  @Override
  public int classes() {
    return network.classes();
  }

  @Override
  public long keptNumbers() {
    return network.keptNumbers();
  }

  @Override
  public long widestNumbers() {
    return network.widestNumbers();
  }
}
