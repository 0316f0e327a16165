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

  /** The scenario called {@code id}; empty where there is none of that name. */
  static Optional<Scenario> of(String id) {
    if (id.equals("random-class")) {
      return Optional.of(new RandomClass());
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

  /** One class, drawn from the seed. */
  record RandomClass() implements Scenario {
    @Override
    public String id() {
      return "random-class";
    }
  }

  /**
   * A uniform share of the training images.
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
}
