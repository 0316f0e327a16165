package lethe.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Scores as a JSON file: {@code {"flags":[...],"values":{"metric":number,...}}}. */
final class ScoresJson {
  private ScoresJson() {}

  static void write(Path file, Scores scores) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeArrayFieldStart("flags");
      for (String flag : scores.flags()) {
        json.writeString(flag);
      }
      json.writeEndArray();
      json.writeObjectFieldStart("values");
      for (Map.Entry<String, Double> metric : scores.values().entrySet()) {
        json.writeFieldName(metric.getKey());
        writeNumber(json, metric.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    bytes.write('\n');
    Files.write(file, bytes.toByteArray());
  }

  static Scores read(Path file) throws IOException {
    JsonNode tree;
    try {
      tree = new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new DataException(
          file + " holds no scores: no legal JSON from byte " + offset(e) + " on.", e);
    }
    if (!tree.path("flags").isArray() || !tree.path("values").isObject()) {
      throw new DataException(file + " holds no scores: \"flags\" and \"values\" are missing.");
    }
    List<String> flags = new ArrayList<>();
    tree.path("flags").forEach(flag -> flags.add(flag.asText()));
    TreeMap<String, Double> values = new TreeMap<>();
    Iterator<Map.Entry<String, JsonNode>> metrics = tree.path("values").fields();
    while (metrics.hasNext()) {
      Map.Entry<String, JsonNode> metric = metrics.next();
      values.put(metric.getKey(), number(file, metric.getKey(), metric.getValue()));
    }
    return new Scores(values, flags);
  }

  /**
   * The shortest of 15 to 17 digits that reads back to the same bits. Double.toString is not used:
   * its digits changed in JDK 19, and the bytes of an artifact must not.
   */
  static String shortest(double value) {
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 15; digits < 17; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == value) {
        return plain(rounded);
      }
    }
    return plain(exact.round(new MathContext(17)));
  }

  /** Without trailing zeros but the one that says that it is no integer: 50.0, not 5E+1. */
  private static String plain(BigDecimal decimal) {
    BigDecimal stripped = decimal.stripTrailingZeros();
    boolean shortInteger = stripped.scale() < 1 && stripped.precision() - stripped.scale() <= 17;
    return (shortInteger ? stripped.setScale(1) : stripped).toString();
  }

  /** JSON has no word for what is no finite number, so that is a string. */
  private static void writeNumber(JsonGenerator json, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(shortest(value));
    } else {
      json.writeString(Double.toString(value));
    }
  }

  private static double number(Path file, String metric, JsonNode node) {
    if (node.isNumber()) {
      return node.asDouble();
    }
    return switch (node.asText()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default ->
          throw new DataException(
              file + " holds no scores: the value of \"" + metric + "\" is " + node + ".");
    };
  }

  private static long offset(JsonProcessingException e) {
    return e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
  }
}
