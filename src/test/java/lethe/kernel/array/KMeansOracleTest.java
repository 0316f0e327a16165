package lethe.kernel.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lethe.oracle.OracleCase;
import lethe.oracle.OracleCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class KMeansOracleTest {
  @TestFactory
  Stream<DynamicTest> agrees_with_every_golden_case() {
    return OracleCases.tests("kmeans", KMeansOracleTest::check);
  }

  private static void check(OracleCase c) {
    switch (c.params().get("mode").asText()) {
      case "lloyd" -> checkLloyd(c);
      case "first-assignment" -> checkFirstAssignment(c);
      case "kmeanspp" -> checkSeeding(c);
      default -> throw new AssertionError(c + ": unknown mode");
    }
  }

  private static void checkLloyd(OracleCase c) {
    Points points = points(c);
    KMeans kMeans =
        new KMeans(
            c.params().get("k").asInt(),
            c.params().get("maxIterations").asInt(),
            c.params().get("tol").asDouble());
    int[] initial = OracleCase.integers(c.inputs().get("initialIndices"));
    KMeans.Result result = kMeans.runFrom(points, initial, new Draws(1), Products.inJava());
    int[] assignment = OracleCase.integers(c.expected().get("assignment"));
    assertArrayEquals(assignment, result.assignment());
    assertEquals(c.expected().get("iterations").asInt(), result.iterations());
    c.assertClose("centroids", rows(result.centroids(), points.width()));
    c.assertClose("lastShift", result.lastShift());
    double inertia =
        IntStream.range(0, points.count())
            .mapToDouble(i -> points.squaredDistance(i, result.centroids(), assignment[i]))
            .sum();
    c.assertClose("inertia", inertia);
  }

  private static void checkFirstAssignment(OracleCase c) {
    Points points = points(c);
    int[] initial = OracleCase.integers(c.inputs().get("initialIndices"));
    int[] first =
        new KMeans(initial.length, 1, 0)
            .runFrom(points, initial, new Draws(1), Products.inJava())
            .assignment();
    assertArrayEquals(OracleCase.integers(c.expected().get("assignment")), first);
    int[] empty =
        IntStream.range(0, initial.length)
            .filter(k -> Arrays.stream(first).noneMatch(a -> a == k))
            .toArray();
    assertArrayEquals(OracleCase.integers(c.expected().get("emptyClusters")), empty);
  }

  private static void checkSeeding(OracleCase c) {
    Points points = points(c);
    int[] chosen = OracleCase.integers(c.inputs().get("chosen"));
    double[] squared = KMeans.Seeding.squaredDistances(points, chosen, Products.inJava());
    c.assertClose("minSquaredDistances", squared);
    double total = Arrays.stream(squared).sum();
    c.assertClose("sumIsZero", total == 0);
    JsonNode probabilities = c.expected().get("probabilities");
    if (!probabilities.isNull()) {
      c.assertClose("probabilities", Arrays.stream(squared).map(d -> d / total).toArray());
    }
    boolean[] taken = new boolean[points.count()];
    Arrays.stream(chosen).forEach(i -> taken[i] = true);
    Draws draws = new Draws(1);
    for (int draw = 0; draw < 1000; draw++) {
      int next = KMeans.Seeding.next(squared, taken, draws);
      assertEquals(false, taken[next], () -> c + ": a chosen point was drawn again");
    }
  }

  private static Points points(OracleCase c) {
    JsonNode points = c.inputs().get("points");
    return Points.of(OracleCase.flat(points), points.get(0).size());
  }

  private static double[][] rows(double[] values, int width) {
    return IntStream.range(0, values.length / width)
        .mapToObj(r -> Arrays.copyOfRange(values, r * width, (r + 1) * width))
        .toArray(double[][]::new);
  }
}
