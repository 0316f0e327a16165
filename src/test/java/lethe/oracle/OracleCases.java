package lethe.oracle;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Reads the golden cases of the directory in system property {@code lethe.oracle.dir}: JSON files,
 * each with a kind and its cases. A kind may have several files; one without a case is an error,
 * and so is a kind without a file.
 */
public final class OracleCases {
  private static final ObjectMapper JSON = new ObjectMapper();

  private OracleCases() {}

  /** What a test does with one case. */
  @FunctionalInterface
  public interface Check {
    void on(OracleCase oracleCase) throws Exception;
  }

  /** What the tests of all cases are called, by kind. */
  public static SortedMap<String, List<String>> names() {
    SortedMap<String, List<String>> names = new TreeMap<>();
    for (Path file : jsonFiles(directory())) {
      JsonNode root = read(file);
      names
          .computeIfAbsent(root.path("kind").asText(), kind -> new ArrayList<>())
          .addAll(casesOf(file, root).stream().map(OracleCase::toString).toList());
    }
    return names;
  }

  private static Path directory() {
    return Path.of(System.getProperty("lethe.oracle.dir", "src/test/resources/oracle"));
  }

  /** Every case of {@code kind}, such as {@code mia-auc}, file by file. */
  public static List<OracleCase> of(String kind) {
    Path directory = directory();
    List<OracleCase> cases = new ArrayList<>();
    for (Path file : jsonFiles(directory)) {
      JsonNode root = read(file);
      if (root.path("kind").asText().equals(kind)) {
        List<OracleCase> found = casesOf(file, root);
        assertFalse(found.isEmpty(), file + " has no case");
        cases.addAll(found);
      }
    }
    assertFalse(cases.isEmpty(), "No file in " + directory + " has cases of kind " + kind);
    return List.copyOf(cases);
  }

  /** One test for each case of {@code kind}; prints how many there are. */
  public static Stream<DynamicTest> tests(String kind, Check check) {
    List<OracleCase> cases = of(kind);
    System.out.println("oracle " + kind + ": " + cases.size() + " cases");
    return cases.stream().map(c -> DynamicTest.dynamicTest(c.toString(), () -> check.on(c)));
  }

  private static List<Path> jsonFiles(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(f -> f.getFileName().toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the golden cases in " + directory, e);
    }
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the golden cases in " + file, e);
    }
  }

  private static List<OracleCase> casesOf(Path file, JsonNode root) {
    List<OracleCase> cases = new ArrayList<>();
    for (JsonNode c : root.path("cases")) {
      cases.add(
          new OracleCase(
              file.getFileName().toString(),
              c.path("name").asText(),
              c.path("params"),
              c.path("inputs"),
              c.path("expected"),
              c.path("atol").asDouble(0),
              c.path("rtol").asDouble(0)));
    }
    return cases;
  }
}
