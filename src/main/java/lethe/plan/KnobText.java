package lethe.plan;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads one value and writes it in canonical form, so that equal settings have equal text: integers
 * plain, numbers as {@link Double#toString(double)} has them.
 */
final class KnobText {
  private static final double EXACT = 0x1p53; // above, a double is no limit one could write

  private KnobText() {}

  /** The canonical text of {@code value}, or a problem. */
  static Optional<String> read(Knob knob, String path, ConfigValue value, Problems problems) {
    Optional<String> text =
        switch (knob.kind()) {
          case INTEGER -> integer(value).filter(v -> within(knob, v)).map(String::valueOf);
          case NUMBER -> number(value).filter(v -> within(knob, v)).map(String::valueOf);
          case CHOICE -> word(value).filter(knob.choices()::contains);
          case FILE -> word(value).flatMap(w -> w.isBlank() ? Optional.of("") : path(value, w));
        };
    if (text.isEmpty()) {
      problems.illegal(path, value, legal(knob));
    }
    return text;
  }

  /** The legal range in words. */
  static String legal(Knob knob) {
    return switch (knob.kind()) {
      case INTEGER -> "an integer " + range(knob);
      case NUMBER -> "a number " + range(knob);
      case CHOICE -> "one of " + String.join(", ", knob.choices());
      case FILE -> "the path of a file, or \"\" for none";
    };
  }

  /** A path starts from the folder of the file it is written in, or else from the current one. */
  private static Optional<String> path(ConfigValue value, String written) {
    try {
      Optional<String> file = Optional.ofNullable(value.origin().filename());
      Path folder = file.map(f -> Path.of(f).resolveSibling("")).orElse(Path.of(""));
      return Optional.of(folder.resolve(written).toAbsolutePath().normalize().toString());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** A whole number as written: 5, 1e3 and 2.0, but not 1.5. */
  static Optional<Long> integer(ConfigValue value) {
    try {
      return decimal(value).map(BigDecimal::longValueExact);
    } catch (ArithmeticException e) {
      return Optional.empty(); // a fraction, or more digits than a long has
    }
  }

  private static Optional<Double> number(ConfigValue value) {
    return decimal(value)
        .map(d -> d.doubleValue() + 0.0) // no negative zero
        .filter(d -> !d.isInfinite());
  }

  private static Optional<BigDecimal> decimal(ConfigValue value) {
    try {
      return word(value)
          .filter(w -> w.length() <= 100) // 1e999999999 would take for ever to expand
          .map(BigDecimal::new)
          .filter(d -> Math.abs((long) d.scale()) < 1000);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A scalar as it was written. */
  static Optional<String> word(ConfigValue value) {
    return switch (value.valueType()) {
      case STRING -> Optional.of(String.valueOf(value.unwrapped()));
      case NUMBER, BOOLEAN -> Optional.of(value.render(ConfigRenderOptions.concise()));
      default -> Optional.empty();
    };
  }

  private static boolean within(Knob knob, double value) {
    return value >= knob.least() && value <= knob.most();
  }

  /** The range as one says it: the double next to 0 or below 1 stands for an open end. */
  private static String range(Knob knob) {
    boolean positive = knob.least() == Double.MIN_VALUE;
    String least = limit(knob.least());
    if (knob.most() >= EXACT) {
      return positive ? "above 0" : "of at least " + least;
    }
    double next = Math.nextUp(knob.most());
    if (next == Math.rint(next)) {
      return (positive ? "above 0 and below " : "from " + least + " to below ") + limit(next);
    }
    return (positive ? "above 0 and at most " : "from " + least + " to ") + limit(knob.most());
  }

  private static String limit(double value) {
    return value == Math.rint(value) && Math.abs(value) < EXACT
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }
}
