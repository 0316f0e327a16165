package lethe.net;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.function.Function;

/**
 * The layers networks are made of, and the few operations DJL's own API lacks. Works in any
 * floating type: a layer computes in that of what goes through it, whatever its parameters have.
 * Results live in this object's scope.
 */
public final class Kernels {
  private final Programs programs;
  private final NDManager scope;
  private final boolean training;

  Kernels(Programs programs, NDManager scope) {
    this(programs, scope, false);
  }

  private Kernels(Programs programs, NDManager scope, boolean training) {
    this.programs = programs;
    this.scope = scope;
    this.training = training;
  }

  /** The same kernels in a step of a training, which batch norm tells from inference. */
  Kernels inTraining() {
    return new Kernels(programs, scope, true);
  }

  /** Where results live. */
  public NDManager scope() {
    return scope;
  }

  /** The same kernels with another place for their results. */
  public Kernels in(NDManager other) {
    return new Kernels(programs, other, training);
  }

  /** Runs {@code layers} so that of all they make only the result outlives them. */
  public NDArray keepingResult(Function<Kernels, NDArray> layers) {
    try (NDManager inner = scope.newSubManager()) {
      NDArray result = layers.apply(in(inner));
      result.attach(scope);
      return result;
    }
  }

  /**
   * Cross-correlation with zero padding of half the kernel, stride 1.
   *
   * @param x [n, in, h, w]
   * @param weight [out, in, k, k], k odd
   * @param bias [out]
   * @return [n, out, h, w]
   */
  public NDArray convolution(NDArray x, NDArray weight, NDArray bias) {
    return one("convolution", x, weight, bias);
  }

  /** The same without bias and with stride 1 or 2. */
  public NDArray convolution(NDArray x, NDArray weight, int stride) {
    return one("convolution" + stride, x, weight);
  }

  /**
   * Instance norm: y = (x - mean) / √(var + 10⁻⁵) · γ + β, mean and biased variance of one image's
   * channel over its pixels.
   *
   * @param x [n, c, h, w]
   * @param gamma [c]
   * @param beta [c]
   */
  public NDArray norm(NDArray x, NDArray gamma, NDArray beta) {
    return one("norm", x, gamma, beta);
  }

  /**
   * Batch norm: as {@link #norm}, but mean and variance of a channel over pixels and images. A step
   * of a training takes those of its batch and moves the running ones a tenth of the way towards
   * them (the variance unbiased); inference takes the running ones.
   *
   * @param mean running, [c], changed in place
   * @param variance running, [c], changed in place
   */
  NDArray batchNorm(NDArray x, NDArray gamma, NDArray beta, NDArray mean, NDArray variance) {
    String name = training ? "batch_norm_training" : "batch_norm";
    return one(name, x, gamma, beta, mean, variance);
  }

  /** max(0, x). */
  NDArray relu(NDArray x) {
    return x.getNDArrayInternal().relu();
  }

  /** max(0, {@link #norm}): one pass less over memory than the two apart. */
  public NDArray normRelu(NDArray x, NDArray gamma, NDArray beta) {
    return one("norm_relu", x, gamma, beta);
  }

  /** max(0, x + y). */
  public NDArray addRelu(NDArray x, NDArray y) {
    return one("add_relu", x, y);
  }

  /** Average pool of 2x2 with stride 2: [n, c, h, w] to [n, c, h/2, w/2]. */
  public NDArray halve(NDArray x) {
    return one("halve", x);
  }

  /** Average over the pixels: [n, c, h, w] to [n, c]. */
  public NDArray average(NDArray x) {
    return one("average", x);
  }

  /** Rounded to bfloat16; a gradient passes. */
  NDArray bfloat16(NDArray x) {
    return one("narrow", x);
  }

  /** In float32; a gradient passes. */
  NDArray single(NDArray x) {
    return one("wide", x);
  }

  /**
   * x · weightᵀ + bias: [n, in], [out, in], [out] to [n, out], computed in the type of {@code x},
   * given in that of {@code weight}.
   */
  public NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    return one("linear", x, weight, bias);
  }

  /**
   * Images by number: (pixel / 255 - mean) / std.
   *
   * @param table [images, 3072] bytes
   * @param index [n] whole numbers
   * @param mean [1, 3, 1, 1], whose type the result has
   * @param std [1, 3, 1, 1]
   * @return [n, 3, 32, 32]
   */
  NDArray batch(NDArray table, NDArray index, NDArray mean, NDArray std) {
    return one("batch", table, index, mean, std);
  }

  /** The same where numbers from table's length on mean rows of {@code ready}, normalised. */
  NDArray mixed(NDArray table, NDArray ready, NDArray index, NDArray mean, NDArray std) {
    return one("mixed", table, ready, index, mean, std);
  }

  /** Arrays that share {@code arrays}' numbers and that gradients can be taken of. */
  public NDList leaves(NDList arrays) {
    return programs.call(scope, "leaves", arrays);
  }

  /** One such array. */
  public NDArray leaf(NDArray array) {
    return leaves(new NDList(array)).singletonOrThrow();
  }

  /** ∂scalar/∂each of {@code wrt}; zeros where it does not depend on it. Frees the graph. */
  public NDList gradients(NDArray scalar, NDList wrt) {
    return programs.call(scope, "gradients", scalar, wrt);
  }

  /** The same with a graph of their own, so that they can be differentiated in their turn. */
  public NDList differentiableGradients(NDArray scalar, NDList wrt) {
    return programs.call(scope, "differentiable_gradients", scalar, wrt);
  }

  /**
   * Each image as seen through an affine map, bilinear, 0 beyond the border.
   *
   * @param x [n, c, h, w]
   * @param map [2, 3], from places of the result to places of {@code x}, both in -1..1, x first
   * @return [n, c, h, w]
   */
  public NDArray warp(NDArray x, NDArray map) {
    return one("warp", x, map);
  }

  /** Σ cotangent · ∂y/∂each of {@code wrt}: the chain rule's next link. Frees the graph. */
  public NDList pullback(NDArray y, NDArray cotangent, NDList wrt) {
    return programs.call(scope, "pullback", y, cotangent, wrt);
  }

  /** sums += more, in place. */
  void accumulate(NDList sums, NDList more) {
    programs.call(scope, "accumulate", sums, more).close();
  }

  /** v ← μ v + g + wd θ; θ ← θ - lr v; in place. */
  void sgd(NDList theta, NDList g, NDList v, double lr, double momentum, double decay) {
    try (NDArray numbers = numbers(lr, momentum, decay)) {
      programs.call(scope, "sgd", theta, g, v, numbers).close();
    }
  }

  /** One step of Adam, number {@code t} from 1; in place. */
  void adam(NDList theta, NDList g, NDList m, NDList v, double lr, Adam adam, long t) {
    try (NDArray numbers = numbers(lr, adam.beta1(), adam.beta2(), adam.epsilon(), t)) {
      programs.call(scope, "adam", theta, g, m, v, numbers).close();
    }
  }

  /** Numbers a kernel reads on the host; on the device reading them would wait for it. */
  private NDArray numbers(double... values) {
    try (NDManager host = scope.newSubManager(Device.cpu())) {
      NDArray numbers = host.create(values);
      numbers.attach(scope);
      return numbers;
    }
  }

  private NDArray one(String name, Object... arguments) {
    return programs.call(scope, name, arguments).singletonOrThrow();
  }
}
