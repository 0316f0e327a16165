package lethe.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import lethe.data.DataException;
import lethe.data.HostTensor;
import lethe.data.SafeTensors;
import lethe.kernel.array.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class WeightsTest {
  private final Network network = new ConvNet(4, 1, 3);

  @Test
  void initial_weights_stay_within_one_over_the_root_of_fan_in() {
    // First convolution: fan-in 3 * 3 * 3 = 27, so ±0.19245.
    Weights weights = Weights.initial(network, new Draws(1));
    float[] first = weights.values(0);
    assertEquals(4 * 27, first.length);
    double largest =
        IntStream.range(0, first.length).mapToDouble(i -> Math.abs(first[i])).max().orElse(0);
    assertTrue(largest <= 1 / Math.sqrt(27) && largest > 0.17, "largest " + largest);
    assertArrayEquals(new float[] {1, 1, 1, 1}, weights.values(2));
    assertArrayEquals(new float[4], weights.values(3));
  }

  @Test
  void a_file_gives_back_what_was_written(@TempDir Path dir) throws IOException {
    Weights weights = Weights.initial(network, new Draws(2));
    weights.write(dir.resolve("w.safetensors"));
    assertEquals(weights.digest(), Weights.read(dir.resolve("w.safetensors"), network).digest());
  }

  @Test
  void another_networks_file_is_refused(@TempDir Path dir) throws IOException {
    Weights.initial(network, new Draws(2)).write(dir.resolve("w.safetensors"));
    DataException thrown =
        assertThrows(
            DataException.class,
            () -> Weights.read(dir.resolve("w.safetensors"), new ConvNet(5, 1, 3)));
    assertTrue(
        String.valueOf(thrown.getMessage()).contains("features.0.weight"), thrown.toString());
  }

  private static String refusal(Path file, Executable reading) {
    return String.valueOf(assertThrows(DataException.class, reading).getMessage())
        .replace(file.toString(), "FILE");
  }

  @Test
  void batch_norm_weights_are_no_weights_of_the_network_without(@TempDir Path dir)
      throws IOException {
    Path file = dir.resolve("w.safetensors");
    Weights.initial(new ConvNet(Norm.BATCH, 4, 1, 3), new Draws(2)).write(file);
    assertEquals(
        "FILE has an array features.1.running_mean, which this network has not; it holds another"
            + " network's weights.",
        refusal(file, () -> Weights.read(file, network)));
  }

  @Test
  void whole_numbers_are_no_weights(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("w.safetensors");
    Weights.initial(network, new Draws(2)).write(file);
    SortedMap<String, HostTensor> tensors = new TreeMap<>(SafeTensors.read(file));
    tensors.put("features.0.bias", new HostTensor.I32(new long[] {4}, new int[4]));
    SafeTensors.write(file, tensors);
    assertEquals(
        "FILE: features.0.bias holds I32, and weights are F32.",
        refusal(file, () -> Weights.read(file, network)));
  }

  @Test
  void weights_that_a_user_brings_are_finite(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("w.safetensors");
    for (float value : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      Weights weights = Weights.initial(network, new Draws(2));
      float[] first = weights.values(0);
      first[5] = value;
      weights.withFirst(List.of(first)).write(file);
      assertEquals(
          "FILE: features.0.weight has values that are not finite.",
          refusal(file, () -> Weights.given(file, network)));
    }
  }

  @Test
  void the_device_gives_back_the_same_bits() {
    Weights weights = Weights.initial(network, new Draws(2));
    try (EngineSession session = EngineSession.open(new EngineSettings("cpu", 1));
        NDManager scope = session.scope()) {
      assertEquals(weights.digest(), Weights.from(network, weights.toDevice(scope)).digest());
    }
  }
}
