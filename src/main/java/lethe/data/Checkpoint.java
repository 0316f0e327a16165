package lethe.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a loop needs to go on where it was: arrays such as weights and momentum, and whole numbers
 * or seconds such as its next step. Draws need nothing: they are a function of key and step.
 *
 * @param arrays by name
 * @param numbers by name; whole ones are exact up to 2⁵³
 */
public record Checkpoint(SortedMap<String, HostTensor> arrays, SortedMap<String, Double> numbers) {
  private static final String NUMBERS = "numbers"; // as JSON, in an array of bytes
  private static final String SEPARATOR = "/";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<TreeMap<String, Double>> TABLE = new TypeReference<>() {};

  public Checkpoint {
    arrays = Collections.unmodifiableSortedMap(new TreeMap<>(arrays));
    numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
  }

  /**
   * The array called {@code name}.
   *
   * @throws DataException when there is none
   */
  public HostTensor array(String name) {
    HostTensor array = arrays.get(name);
    if (array == null) {
      throw new DataException("The checkpoint has no array \"" + name + "\".");
    }
    return array;
  }

  /**
   * The number called {@code name}.
   *
   * @throws DataException when there is none
   */
  public double number(String name) {
    Double number = numbers.get(name);
    if (number == null) {
      throw new DataException("The checkpoint has no number \"" + name + "\".");
    }
    return number;
  }

  /** The whole number called {@code name}. */
  public int whole(String name) {
    return Math.toIntExact(Math.round(number(name)));
  }

  /** One checkpoint of several, each under its own name; {@link #part} takes it apart again. */
  public static Checkpoint ofParts(Map<String, Checkpoint> parts) {
    SortedMap<String, HostTensor> arrays = new TreeMap<>();
    SortedMap<String, Double> numbers = new TreeMap<>();
    parts.forEach(
        (part, of) -> {
          of.arrays().forEach((name, array) -> arrays.put(part + SEPARATOR + name, array));
          of.numbers().forEach((name, number) -> numbers.put(part + SEPARATOR + name, number));
        });
    return new Checkpoint(arrays, numbers);
  }

  /** What {@link #ofParts} was given under a name; empty arrays and numbers where nothing. */
  public Checkpoint part(String part) {
    return new Checkpoint(under(part, arrays), under(part, numbers));
  }

  private static <T> SortedMap<String, T> under(String part, SortedMap<String, T> all) {
    String prefix = part + SEPARATOR;
    SortedMap<String, T> own = new TreeMap<>();
    all.tailMap(prefix).entrySet().stream()
        .takeWhile(e -> e.getKey().startsWith(prefix))
        .forEach(e -> own.put(e.getKey().substring(prefix.length()), e.getValue()));
    return own;
  }

  /** The same and one number more. */
  public Checkpoint with(String name, double number) {
    SortedMap<String, Double> more = new TreeMap<>(numbers);
    more.put(name, number);
    return new Checkpoint(arrays, more);
  }

  public boolean isEmpty() {
    return arrays.isEmpty() && numbers.isEmpty();
  }

  /** Writes it as a safetensors file. */
  public void write(Path file) throws IOException {
    SortedMap<String, HostTensor> all = new TreeMap<>(arrays);
    byte[] json = JSON.writeValueAsBytes(numbers);
    all.put(NUMBERS, HostTensor.of(json, json.length));
    SafeTensors.write(file, all);
  }

  /**
   * Reads a file {@link #write} wrote.
   *
   * @throws DataException when it is none
   */
  public static Checkpoint read(Path file) throws IOException {
    SortedMap<String, HostTensor> all = new TreeMap<>(SafeTensors.read(file));
    HostTensor numbers = all.remove(NUMBERS);
    if (numbers == null) {
      throw new DataException(file + " is no checkpoint: it has no numbers.");
    }
    try {
      return new Checkpoint(all, JSON.readValue(numbers.bytes(), TABLE));
    } catch (JsonProcessingException e) {
      throw new DataException(file + " is no checkpoint: its numbers cannot be read.", e);
    }
  }
}
