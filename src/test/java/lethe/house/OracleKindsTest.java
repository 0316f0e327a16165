package lethe.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SortedMap;
import lethe.oracle.OracleCases;
import org.junit.jupiter.api.Test;

/** No golden case lies in the directory without a test that takes it. */
class OracleKindsTest {
  @Test
  void every_kind_of_golden_case_has_a_test() {
    SortedMap<String, Integer> counts = OracleCases.counts();
    System.out.println(
        "oracle: "
            + counts.values().stream().mapToInt(Integer::intValue).sum()
            + " cases of "
            + counts.size()
            + " kinds "
            + counts);
    List<String> tests =
        ProjectFiles.java("src/test/java/lethe").stream()
            .filter(file -> file.toString().endsWith("OracleTest.java"))
            .map(ProjectFiles::text)
            .toList();
    assertEquals(
        List.of(),
        counts.keySet().stream()
            .filter(kind -> tests.stream().noneMatch(t -> t.contains('"' + kind + '"')))
            .toList(),
        "kinds without a test");
  }
}
