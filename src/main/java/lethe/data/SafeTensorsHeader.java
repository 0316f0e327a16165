package lethe.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The JSON header of a safetensors file: where each array lies.
 *
 * @param entries in the order of their bytes
 * @param dataStart offset in the file of the first value
 */
record SafeTensorsHeader(List<Entry> entries, long dataStart) {
  /** The longest header that the format's own library reads. */
  static final long LONGEST = 100_000_000;

  private static final String METADATA = "__metadata__";
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * One array.
   *
   * @param begin first byte, counted from {@link #dataStart}
   * @param end byte after its last
   */
  record Entry(String name, String dtype, long[] shape, long begin, long end) {}

  /** The header of {@code tensors} laid out in the order of their names. */
  static SafeTensorsHeader of(SortedMap<String, ? extends HostTensor> tensors) {
    List<Entry> entries = new ArrayList<>();
    long begin = 0;
    for (Map.Entry<String, HostTensor> named :
        new TreeMap<String, HostTensor>(tensors).entrySet()) {
      if (named.getKey().equals(METADATA)) {
        throw new IllegalArgumentException("No array can be called " + METADATA);
      }
      HostTensor tensor = named.getValue();
      long end = begin + (long) tensor.size() * width(tensor);
      entries.add(new Entry(named.getKey(), tensor.dtype(), tensor.shape(), begin, end));
      begin = end;
    }
    return new SafeTensorsHeader(entries, 0);
  }

  /** As JSON, padded with spaces so that the values start at a multiple of 8 bytes. */
  byte[] json() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      for (Entry entry : entries) {
        json.writeObjectFieldStart(entry.name());
        json.writeStringField("dtype", entry.dtype());
        json.writeFieldName("shape");
        json.writeArray(entry.shape(), 0, entry.shape().length);
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {entry.begin(), entry.end()}, 0, 2);
        json.writeEndObject();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Memory does not refuse bytes", e);
    }
    while (bytes.size() % Long.BYTES != 0) {
      bytes.write(' ');
    }
    return bytes.toByteArray();
  }

  /** Reads and checks a header; every value must be described once, without gaps. */
  static SafeTensorsHeader parse(Path file, byte[] json, long fileSize) {
    long dataStart = Long.BYTES + (long) json.length;
    List<Entry> entries = new ArrayList<>();
    Iterator<Map.Entry<String, JsonNode>> fields = tree(file, json).fields();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      if (!field.getKey().equals(METADATA)) {
        entries.add(entry(file, field.getKey(), field.getValue()));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    requireNoGaps(file, entries, dataStart, fileSize);
    return new SafeTensorsHeader(entries, dataStart);
  }

  static int width(HostTensor tensor) {
    return tensor instanceof HostTensor.U8 ? 1 : Integer.BYTES;
  }

  private static JsonNode tree(Path file, byte[] json) {
    try {
      JsonNode tree = new ObjectMapper(JSON).readTree(json);
      if (!tree.isObject()) {
        throw new DataException(file + " is no safetensors file: no JSON object at byte 8.");
      }
      return tree;
    } catch (IOException e) {
      throw new DataException(file + " is no safetensors file: no legal JSON object at byte 8.", e);
    }
  }

  private static Entry entry(Path file, String name, JsonNode node) {
    String dtype = node.path("dtype").asText();
    if (!dtype.equals("F32") && !dtype.equals("I32") && !dtype.equals("U8")) {
      throw broken(file, name, "has the type \"" + dtype + "\", and F32, I32 and U8 are known");
    }
    long[] shape = longs(file, name, node.path("shape"), "shape");
    long[] offsets = longs(file, name, node.path("data_offsets"), "data_offsets");
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw broken(file, name, "has data_offsets that are not a begin and an end");
    }
    long bytes = dtype.equals("U8") ? 1 : Integer.BYTES;
    try {
      for (long axis : shape) {
        bytes = Math.multiplyExact(bytes, axis);
      }
    } catch (ArithmeticException e) {
      throw new DataException(file + ": the shape of \"" + name + "\" is too large.", e);
    }
    if (bytes > Integer.MAX_VALUE - Long.BYTES) {
      throw broken(file, name, "has " + bytes + " bytes, more than one Java array holds");
    }
    if (bytes != offsets[1] - offsets[0]) {
      throw broken(
          file,
          name,
          "needs " + bytes + " bytes, and its data_offsets hold " + (offsets[1] - offsets[0]));
    }
    return new Entry(name, dtype, shape, offsets[0], offsets[1]);
  }

  private static long[] longs(Path file, String name, JsonNode node, String field) {
    if (!node.isArray()) {
      throw broken(file, name, "has no list \"" + field + "\"");
    }
    long[] values = new long[node.size()];
    for (int i = 0; i < values.length; i++) {
      if (!node.path(i).isIntegralNumber()
          || !node.path(i).canConvertToLong()
          || node.path(i).asLong() < 0) {
        throw broken(file, name, "has " + node.path(i) + " in \"" + field + "\"");
      }
      values[i] = node.path(i).asLong();
    }
    return values;
  }

  private static void requireNoGaps(Path file, List<Entry> entries, long dataStart, long fileSize) {
    long expected = 0;
    for (Entry entry : entries) {
      if (entry.begin() != expected) {
        throw broken(
            file,
            entry.name(),
            "starts at byte "
                + (dataStart + entry.begin())
                + ", and the array before it ends at byte "
                + (dataStart + expected));
      }
      expected = entry.end();
      if (dataStart + expected > fileSize) {
        throw new DataException(
            file
                + " is cut at byte "
                + fileSize
                + ", inside \""
                + entry.name()
                + "\", which ends at byte "
                + (dataStart + expected)
                + ".");
      }
    }
    if (dataStart + expected != fileSize) {
      throw new DataException(
          file
              + " has "
              + (fileSize - dataStart - expected)
              + " bytes after its last array, from byte "
              + (dataStart + expected)
              + " on.");
    }
  }

  private static DataException broken(Path file, String name, String what) {
    return new DataException(file + ": in the header at byte 8, \"" + name + "\" " + what + ".");
  }
}
