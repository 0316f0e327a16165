package lethe.plan;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which images are to be forgotten. */
public sealed interface Scenario {
  /** The name users write and files carry. */
  String id();

  /**
   * Whether every round finds something else to forget; the others say once and for all what is to
   * be forgotten.
   */
  default boolean hasRounds() {
    return false;
  }

  /**
   * The scenario called {@code id}; empty where there is none of that name, and for {@link File},
   * whose name does not say which images it lists.
   */
  static Optional<Scenario> of(String id) {
    if (id.equals("random-class")) {
      return Optional.of(new RandomClass());
    }
    if (id.equals("none")) {
      return Optional.of(new None());
    }
    Matcher uniform = Pattern.compile("uniform-(\\d{1,9}(\\.\\d{1,9})?)").matcher(id);
    if (uniform.matches()) {
      BigDecimal percent = new BigDecimal(uniform.group(1));
      return percent.signum() > 0 && percent.compareTo(BigDecimal.valueOf(100)) < 0
          ? Optional.of(new Uniform(percent))
          : Optional.empty();
    }
    Matcher classes = Pattern.compile("classes((-\\d{1,4})+)").matcher(id);
    if (classes.matches()) {
      String[] numbers = classes.group(1).substring(1).split("-", -1);
      List<Integer> listed = Arrays.stream(numbers).map(Integer::valueOf).toList();
      return listed.stream().distinct().count() == listed.size()
          ? Optional.of(new Classes(listed))
          : Optional.empty();
    }
    return Optional.empty();
  }

  /** Nothing: every training image is retained. */
  record None() implements Scenario {
    @Override
    public String id() {
      return "none";
    }
  }

  /** One class, drawn from the seed; in each round another one. */
  record RandomClass() implements Scenario {
    @Override
    public String id() {
      return "random-class";
    }

    @Override
    public boolean hasRounds() {
      return true;
    }
  }

  /**
   * A uniform share of the training images; in each round, of those that are left.
   *
   * @param percent above 0 and below 100
   */
  record Uniform(BigDecimal percent) implements Scenario {
    public Uniform {
      percent = percent.stripTrailingZeros();
    }

    @Override
    public String id() {
      return "uniform-" + percent.toPlainString();
    }

    @Override
    public boolean hasRounds() {
      return true;
    }

    public double fraction() {
      return percent.movePointLeft(2).doubleValue();
    }
  }

  /** The listed classes, ascending. */
  record Classes(List<Integer> classes) implements Scenario {
    public Classes {
      classes = classes.stream().distinct().sorted().toList();
    }

    @Override
    public String id() {
      return "classes-" + classes.stream().map(String::valueOf).collect(Collectors.joining("-"));
    }
  }

  /**
   * The training images that a file lists.
   *
   * @param name users' own
   */
  record File(String name, IndexList list) implements Scenario {
    private static final Pattern ID = Pattern.compile("file-([A-Za-z0-9][A-Za-z0-9._-]{0,99})");

    /** The name in {@code id}, where it is one of such a scenario. */
    static Optional<String> name(String id) {
      Matcher matcher = ID.matcher(id);
      return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    @Override
    public String id() {
      return "file-" + name;
    }
  }
}
