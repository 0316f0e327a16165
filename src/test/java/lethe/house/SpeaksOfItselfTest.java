package lethe.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No file of the project may depend on the machine it was written on. */
class SpeaksOfItselfTest {
  private static final Set<String> NOT_OURS = Set.of(".git", "target", "results", "data", ".idea");

  private static final List<String> TEXT =
      List.of(".java", ".md", ".xml", ".conf", ".sh", ".py", ".json", ".sql", ".config", "lethe");

  /** Package mirrors, private hosts, absolute places of one machine. */
  private static final List<Pattern> FORBIDDEN =
      List.of(
          Pattern.compile(
              "https?://[^\\s\"<)]*(nexus|artifactory|mirror|jfrog)", Pattern.CASE_INSENSITIVE),
          Pattern.compile("https?://(10\\.|192\\.168\\.|172\\.(1[6-9]|2\\d|3[01])\\.)"),
          Pattern.compile("https?://[^\\s\"<)/]*\\.(internal|local|lan|corp)\\b"),
          Pattern.compile("(?<![\\w.])/(work|home|root|Users)" + "/\\w"));

  @Test
  void no_file_names_a_mirror_a_private_host_or_a_place_of_one_machine() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files()) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        for (Pattern pattern : FORBIDDEN) {
          if (pattern.matcher(lines.get(i)).find()) {
            found.add(ProjectFiles.HOME.relativize(file) + ":" + (i + 1) + " matches " + pattern);
          }
        }
      }
    }
    assertEquals(List.of(), found);
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> walk = Files.walk(ProjectFiles.HOME)) {
      return walk.filter(Files::isRegularFile).filter(SpeaksOfItselfTest::ours).sorted().toList();
    }
  }

  private static boolean ours(Path file) {
    Path inside = ProjectFiles.HOME.relativize(file);
    if (NOT_OURS.contains(inside.getName(0).toString())) {
      return false;
    }
    String name = inside.toString();
    return TEXT.stream().anyMatch(name::endsWith) || name.startsWith(".ci");
  }
}
