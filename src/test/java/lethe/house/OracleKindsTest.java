package lethe.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import lethe.oracle.OracleCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** No golden case lies in the directory without a test that takes it. */
class OracleKindsTest {
  @Test
  void every_golden_case_is_handed_to_a_test() throws ClassNotFoundException {
    Map<String, Integer> given = new HashMap<>();
    for (Path file : ProjectFiles.java("src/test/java/lethe")) {
      if (file.toString().endsWith("OracleTest.java")) {
        for (List<String> names : handedOut(classOf(file))) {
          // a case that is taken in both precisions is taken
          times(names).forEach((name, count) -> given.merge(name, count, Math::max));
        }
      }
    }
    List<String> left = new ArrayList<>();
    Map<String, Integer> kinds = new TreeMap<>();
    OracleCases.names()
        .forEach(
            (kind, names) -> {
              kinds.put(kind, names.size());
              times(names)
                  .forEach(
                      (name, count) -> {
                        if (given.getOrDefault(name, 0) < count) {
                          left.add(kind + ": " + name);
                        }
                      });
            });
    int all = kinds.values().stream().mapToInt(Integer::intValue).sum();
    System.out.println("oracle: " + all + " cases of " + kinds.size() + " kinds " + kinds);
    assertEquals(List.of(), left, "cases that no test takes");
  }

  /** The names of the cases that each factory of a class makes tests of; none of them is run. */
  private static List<List<String>> handedOut(Class<?> type) {
    Object instance = ReflectionSupport.newInstance(type);
    return AnnotationSupport.findAnnotatedMethods(
            type, TestFactory.class, HierarchyTraversalMode.TOP_DOWN)
        .stream()
        .map(factory -> (Stream<?>) ReflectionSupport.invokeMethod(factory, instance))
        .map(tests -> tests.map(test -> ((DynamicTest) test).getDisplayName()).toList())
        .toList();
  }

  private static Class<?> classOf(Path file) throws ClassNotFoundException {
    Path inside = ProjectFiles.HOME.resolve("src/test/java").relativize(file);
    return Class.forName(inside.toString().replace(".java", "").replace('/', '.'));
  }

  private static Map<String, Integer> times(List<String> names) {
    Map<String, Integer> times = new TreeMap<>();
    names.forEach(name -> times.merge(name, 1, Integer::sum));
    return times;
  }
}
