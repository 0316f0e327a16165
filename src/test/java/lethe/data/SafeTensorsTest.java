package lethe.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTensorsTest {
  private final Path folder;

  SafeTensorsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void what_is_written_is_read_again() throws IOException {
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    tensors.put("weight", HostTensor.of(new float[] {1.5f, -0f, Float.NaN, 1e-40f}, 2, 2));
    tensors.put("labels", HostTensor.of(new int[] {-1, Integer.MAX_VALUE}, 2));
    tensors.put("pixels", HostTensor.of(new byte[] {0, -1, 127}, 3, 1));
    tensors.put("scalar", HostTensor.of(new float[] {7}));
    tensors.put("empty", HostTensor.of(new int[0], 0, 4));
    Path file = folder.resolve("a.safetensors");
    SafeTensors.write(file, tensors);

    SortedMap<String, HostTensor> read = SafeTensors.read(file);

    assertEquals(tensors.keySet(), read.keySet());
    assertArrayEquals(
        new float[] {1.5f, -0f, Float.NaN, 1e-40f}, named(read, "weight").floats(), 0f);
    assertArrayEquals(new long[] {2, 2}, named(read, "weight").shape());
    assertArrayEquals(new int[] {-1, Integer.MAX_VALUE}, named(read, "labels").ints());
    assertArrayEquals(new byte[] {0, -1, 127}, named(read, "pixels").bytes());
    assertArrayEquals(new long[0], named(read, "scalar").shape());
    assertArrayEquals(new long[] {0, 4}, named(read, "empty").shape());
  }

  @Test
  void the_bytes_are_those_of_the_format() throws IOException {
    // {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[2],
    // "data_offsets":[4,6]}} has 106 characters; six spaces make it 112 = 0x70, a multiple of 8.
    // 1.0f is 00 00 80 3f in little-endian order.
    String json =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[4,6]}}";
    assertEquals(106, json.length());
    String golden =
        "7000000000000000"
            + HexFormat.of().formatHex((json + " ".repeat(6)).getBytes(StandardCharsets.UTF_8))
            + "0000803f"
            + "05ff";
    Path file = folder.resolve("golden.safetensors");

    SafeTensors.write(
        file,
        new TreeMap<>(
            Map.of("b", HostTensor.of(new byte[] {5, -1}, 2), "a", HostTensor.of(ones(1), 1))));

    assertEquals(golden, HexFormat.of().formatHex(Files.readAllBytes(file)));
  }

  @Test
  void an_older_longer_file_is_replaced() throws IOException {
    Path file = folder.resolve("a.safetensors");
    SafeTensors.write(file, new TreeMap<>(Map.of("a", HostTensor.of(ones(100), 100))));
    SafeTensors.write(file, new TreeMap<>(Map.of("a", HostTensor.of(ones(2), 2))));
    assertEquals(2, named(SafeTensors.read(file), "a").size());
  }

  @Test
  void files_of_other_programs_are_read_in_any_order_with_metadata() throws IOException {
    Path file =
        raw(
            "{\"__metadata__\":{\"format\":\"pt\"},"
                + "\"z\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                + "\"a\":{\"data_offsets\":[4,8],\"shape\":[1,1],\"dtype\":\"F32\"}}      ",
            new byte[] {9, 0, 0, 0, 0, 0, (byte) 0x80, 0x3f});
    SortedMap<String, HostTensor> read = SafeTensors.read(file);
    assertArrayEquals(new int[] {9}, named(read, "z").ints());
    assertArrayEquals(ones(1), named(read, "a").floats());
  }

  @Test
  void a_file_cut_anywhere_is_refused_with_its_name_and_where() throws IOException {
    Path file = folder.resolve("whole.safetensors");
    SafeTensors.write(file, new TreeMap<>(Map.of("a", HostTensor.of(ones(3), 3))));
    byte[] whole = Files.readAllBytes(file);
    Path cut = folder.resolve("cut.safetensors");
    for (int length = 0; length < whole.length; length++) {
      Files.write(cut, Arrays.copyOf(whole, length));
      String sentence = assertThrows(DataException.class, () -> SafeTensors.read(cut)).getMessage();
      assertTrue(sentence.startsWith(cut + " is cut at byte " + length + ","), sentence);
    }
  }

  @Test
  void bytes_after_the_last_array_are_refused() throws IOException {
    Path file =
        raw("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}", new byte[] {1, 2});
    assertRefused(file, "has 1 bytes after its last array, from byte 62 on");
  }

  @Test
  void headers_that_lie_are_refused() throws IOException {
    byte[] eight = new byte[8];
    assertRefused(raw("[1]", new byte[0]), "no JSON object at byte 8");
    assertRefused(raw("{\"a\":", new byte[0]), "no legal JSON object at byte 8");
    assertRefused(raw(one("F16", "[4]", "[0,8]"), eight), "has the type \"F16\"");
    assertRefused(raw(one("F32", "[3]", "[0,8]"), eight), "needs 12 bytes");
    assertRefused(raw(one("F32", "[-2]", "[0,8]"), eight), "has -2 in \"shape\"");
    assertRefused(raw(one("F32", "[2]", "[8,0]"), eight), "not a begin and an end");
    assertRefused(raw(one("F32", "[1]", "[4,8]"), eight), "starts at byte");
    assertRefused(raw(one("U8", "[99999999999,99999999999]", "[0,8]"), eight), "too large");
    String twice = one("F32", "[2]", "[0,8]").replace("}}", "},") + one("U8", "[0]", "[8,8]");
    assertRefused(raw(twice.replace("},{", "},"), eight), "no legal JSON object at byte 8");
    Path noise = folder.resolve("noise.safetensors");
    Files.write(noise, "this is no tensor file".getBytes(StandardCharsets.UTF_8));
    assertRefused(noise, "is no safetensors file: at byte 0");
  }

  @Test
  void a_wrong_type_is_said() {
    HostTensor ints = HostTensor.of(new int[] {1}, 1);
    assertThrows(DataException.class, ints::floats);
    assertThrows(IllegalArgumentException.class, () -> HostTensor.of(ones(3), 2, 2));
  }

  private static void assertRefused(Path file, String why) {
    String sentence = assertThrows(DataException.class, () -> SafeTensors.read(file)).getMessage();
    assertTrue(sentence.startsWith(file.toString()) && sentence.contains(why), sentence);
  }

  private static String one(String dtype, String shape, String offsets) {
    return "{\"a\":{\"dtype\":\""
        + dtype
        + "\",\"shape\":"
        + shape
        + ",\"data_offsets\":"
        + offsets
        + "}}";
  }

  private Path raw(String json, byte[] data) throws IOException {
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
    bytes.write(header);
    bytes.write(data);
    return Files.write(folder.resolve("raw.safetensors"), bytes.toByteArray());
  }

  private static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static HostTensor named(SortedMap<String, HostTensor> tensors, String name) {
    HostTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new AssertionError("no array " + name);
    }
    return tensor;
  }
}
