package lethe.plan;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** Which images are to be forgotten. */
public sealed interface Scenario {
  /** The name users write and files carry. */
  String id();

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
