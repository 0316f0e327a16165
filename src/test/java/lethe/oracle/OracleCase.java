package lethe.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One golden case.
 *
 * @param file where it stands
 * @param name its name, unique within the file in most files
 * @param params numbers of the formula
 * @param inputs arrays it is applied to
 * @param expected what comes out, computed in float64
 * @param atol absolute tolerance
 * @param rtol relative tolerance
 */
public record OracleCase(
    String file,
    String name,
    JsonNode params,
    JsonNode inputs,
    JsonNode expected,
    double atol,
    double rtol) {

  /** An array of numbers. */
  public static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).doubleValue();
    }
    return values;
  }

  /** An array of numbers, rounded to float32. */
  public static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) array.get(i).doubleValue();
    }
    return values;
  }

  /** An array of whole numbers. */
  public static int[] integers(JsonNode array) {
    int[] values = new int[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).intValue();
    }
    return values;
  }

  /** An array of arrays of numbers; the rows may differ in length. */
  public static double[][] rows(JsonNode array) {
    double[][] rows = new double[array.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = doubles(array.get(i));
    }
    return rows;
  }

  /** An array of arrays of whole numbers; the rows may differ in length. */
  public static int[][] integerRows(JsonNode array) {
    int[][] rows = new int[array.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = integers(array.get(i));
    }
    return rows;
  }

  /** Nested arrays of numbers, flattened in row-major order. */
  public static double[] flat(JsonNode array) {
    double[] values = new double[leaves(array)];
    fill(array, values, 0);
    return values;
  }

  /** The expected value {@code field} within the case's own tolerances. */
  public void assertClose(String field, @Nullable Object actual) {
    JsonNode want = expected.get(field);
    if (want == null) {
      throw new AssertionError(this + ": the case expects no \"" + field + "\"");
    }
    assertClose(field, want, actual, atol, rtol);
  }

  /** {@code want} within the case's own tolerances; {@code what} names it in a failure. */
  public void assertClose(String what, JsonNode want, @Nullable Object actual) {
    assertClose(what, want, actual, atol, rtol);
  }

  /**
   * {@code |got - want| <= atol + rtol * |want|} for every number. {@code actual} is a number, a
   * truth value, an array (of arrays) or collection of them, or what an Optional holds; an expected
   * null wants null, NaN or an empty Optional.
   */
  public void assertClose(
      String what, JsonNode want, @Nullable Object actual, double atol, double rtol) {
    Object got = unwrapped(actual);
    if (want.isNull()) {
      boolean nothing = got == null || got instanceof Double d && d.isNaN();
      check(nothing, what, "nothing", got);
    } else if (want.isBoolean()) {
      check(Boolean.valueOf(want.booleanValue()).equals(got), what, want, got);
    } else if (want.isNumber()) {
      double w = want.doubleValue();
      boolean close =
          got instanceof Number n && Math.abs(n.doubleValue() - w) <= atol + rtol * Math.abs(w);
      check(close, what, want, got);
    } else if (want.isArray()) {
      boolean sameLength =
          got != null && got.getClass().isArray() && Array.getLength(got) == want.size();
      check(sameLength, what + ", length", want.size(), got == null ? null : lengthOf(got));
      for (int i = 0; i < want.size(); i++) {
        assertClose(what + "[" + i + "]", want.get(i), at(got, i), atol, rtol);
      }
    } else {
      throw new AssertionError(this + ": cannot compare " + what + ", a " + want.getNodeType());
    }
  }

  @Override
  public String toString() {
    return file + " / " + name;
  }

  private void check(boolean holds, String what, @Nullable Object want, @Nullable Object got) {
    if (!holds) {
      throw new AssertionError(this + ": " + what + " should be " + want + " but is " + got);
    }
  }

  private static @Nullable Object unwrapped(@Nullable Object value) {
    if (value instanceof OptionalDouble o) {
      return o.isPresent() ? o.getAsDouble() : null;
    } else if (value instanceof Optional<?> o) {
      return o.isPresent() ? o.get() : null;
    } else if (value instanceof Collection<?> c) {
      return c.toArray();
    }
    return value;
  }

  private static Object lengthOf(Object got) {
    return got.getClass().isArray() ? Array.getLength(got) : got;
  }

  private static @Nullable Object at(@Nullable Object array, int i) {
    return array == null ? null : Array.get(array, i);
  }

  private static int leaves(JsonNode node) {
    if (!node.isArray()) {
      return 1;
    }
    int count = 0;
    for (JsonNode child : node) {
      count += leaves(child);
    }
    return count;
  }

  private static int fill(JsonNode node, double[] values, int from) {
    if (!node.isArray()) {
      values[from] = node.doubleValue();
      return from + 1;
    }
    int next = from;
    for (JsonNode child : node) {
      next = fill(child, values, next);
    }
    return next;
  }
}
