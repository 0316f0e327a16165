package lethe.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import lethe.data.DataException;
import lethe.data.HostTensor;
import lethe.data.SafeTensors;
import lethe.kernel.array.Draws;

/** The parameters of a network as named arrays on the host, in the network's order. */
public final class Weights {
  private final List<ParameterSpec> specs;
  private final List<float[]> values;

  private Weights(List<ParameterSpec> specs, List<float[]> values) {
    this.specs = List.copyOf(specs);
    this.values = List.copyOf(values);
  }

  /**
   * Weights to start from: weights and biases uniform in ±1/√fanIn, γ = 1, β = 0; PyTorch's usual
   * start, drawn here so that it is the same on every device.
   */
  public static Weights initial(Network network, Draws draws) {
    List<float[]> values = new ArrayList<>();
    for (ParameterSpec spec : network.parameters()) {
      float[] array = new float[spec.count()];
      switch (spec.role()) {
        case WEIGHT, BIAS -> {
          double bound = 1 / Math.sqrt(spec.fanIn());
          for (int i = 0; i < array.length; i++) {
            array[i] = (float) draws.uniform(-bound, bound);
          }
        }
        case GAMMA, VARIANCE -> Arrays.fill(array, 1f);
        case BETA, MEAN -> {} // zeros already
      }
      values.add(array);
    }
    return new Weights(network.parameters(), values);
  }

  /** Copies device arrays, given in the network's order, to the host. */
  public static Weights from(Network network, NDList arrays) {
    List<float[]> values = new ArrayList<>();
    for (NDArray array : arrays) {
      try (NDArray single = array.toType(DataType.FLOAT32, true)) {
        values.add(single.toFloatArray());
      }
    }
    return of(network, values);
  }

  /**
   * Weights of given numbers, one array a parameter in the network's order.
   *
   * @throws IllegalArgumentException if an array has not the length its parameter has
   */
  public static Weights of(Network network, List<float[]> values) {
    List<ParameterSpec> specs = network.parameters();
    if (values.size() != specs.size()) {
      throw new IllegalArgumentException(
          "The network has %d parameter arrays, not %d.".formatted(specs.size(), values.size()));
    }
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).length != specs.get(i).count()) {
        throw new IllegalArgumentException(
            "Parameter %s has %d numbers, not %d."
                .formatted(specs.get(i).name(), specs.get(i).count(), values.get(i).length));
      }
    }
    return new Weights(specs, values.stream().map(float[]::clone).toList());
  }

  /** The same with other numbers for the first parameters, such as all that are trained. */
  public Weights withFirst(List<float[]> first) {
    List<float[]> all = new ArrayList<>(first.stream().map(float[]::clone).toList());
    all.addAll(values.subList(first.size(), values.size()));
    return new Weights(specs, all);
  }

  /** Copies to the device, in the network's order. */
  public NDList toDevice(NDManager scope, DataType type) {
    NDList arrays = new NDList();
    for (int i = 0; i < specs.size(); i++) {
      NDArray single = scope.create(values.get(i), specs.get(i).toShape());
      arrays.add(single.toType(type, false));
    }
    return arrays;
  }

  /** Single precision on the device. */
  public NDList toDevice(NDManager scope) {
    return toDevice(scope, DataType.FLOAT32);
  }

  public List<ParameterSpec> specs() {
    return specs;
  }

  /** A copy of the numbers of parameter {@code i}. */
  public float[] values(int i) {
    return values.get(i).clone();
  }

  /** The name of the first parameter that holds an infinite number or none. */
  Optional<String> firstNotFinite() {
    for (int i = 0; i < specs.size(); i++) {
      for (float value : values.get(i)) {
        if (!Float.isFinite(value)) {
          return Optional.of(specs.get(i).name());
        }
      }
    }
    return Optional.empty();
  }

  /** Writes them as a safetensors file. */
  public void write(Path file) throws IOException {
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    for (int i = 0; i < specs.size(); i++) {
      tensors.put(specs.get(i).name(), HostTensor.of(values.get(i), shape(specs.get(i))));
    }
    SafeTensors.write(file, tensors);
  }

  /**
   * Reads the weights of {@code network} from a file {@link #write} wrote.
   *
   * @throws DataException when an array is missing, has another shape or other numbers, or is one
   *     too many
   */
  public static Weights read(Path file, Network network) throws IOException {
    SortedMap<String, HostTensor> tensors = new TreeMap<>(SafeTensors.read(file));
    List<float[]> values = new ArrayList<>();
    for (ParameterSpec spec : network.parameters()) {
      HostTensor tensor = tensors.remove(spec.name());
      if (tensor == null || !Arrays.equals(tensor.shape(), shape(spec))) {
        throw new DataException(
            "%s has no array %s of shape %s; it holds another network's weights."
                .formatted(file, spec.name(), spec.shape()));
      }
      if (!(tensor instanceof HostTensor.F32)) {
        throw new DataException(
            "%s: %s holds %s, and weights are F32.".formatted(file, spec.name(), tensor.dtype()));
      }
      values.add(tensor.floats());
    }
    if (!tensors.isEmpty()) {
      throw new DataException(
          "%s has an array %s, which this network has not; it holds another network's weights."
              .formatted(file, tensors.firstKey()));
    }
    return new Weights(network.parameters(), values);
  }

  /**
   * Reads weights that a user brings.
   *
   * @throws DataException as {@link #read}, and when a number is infinite or none
   */
  public static Weights given(Path file, Network network) throws IOException {
    Weights weights = read(file, network);
    Optional<String> name = weights.firstNotFinite();
    if (name.isPresent()) {
      throw new DataException("%s: %s has values that are not finite.".formatted(file, name.get()));
    }
    return weights;
  }

  private static long[] shape(ParameterSpec spec) {
    return spec.shape().stream().mapToLong(Integer::longValue).toArray();
  }

  /** SHA-256 of names, shapes and bits, in hexadecimal. */
  public String digest() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (int i = 0; i < specs.size(); i++) {
        ParameterSpec spec = specs.get(i);
        sha.update((spec.name() + spec.shape() + "\n").getBytes(StandardCharsets.UTF_8));
        float[] array = values.get(i);
        ByteBuffer bytes = ByteBuffer.allocate(4 * array.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(array);
        sha.update(bytes);
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
