package lethe.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import lethe.plan.RetainRecipe;

/**
 * What a claim is about, as a number of one seed: sums, differences, products and quotients of
 * terms. {@link FormulaText} says how it is written.
 */
sealed interface Formula {
  /**
   * @param evidence what a term is for the seed; NaN where that is unknown
   * @return NaN as soon as one term is unknown
   */
  double value(ToDoubleFunction<Term> evidence);

  /** Every term in it, as often as it stands there. */
  Stream<Term> terms();

  /** A number as written. */
  record Constant(double value) implements Formula {
    @Override
    public double value(ToDoubleFunction<Term> evidence) {
      return value;
    }

    @Override
    public Stream<Term> terms() {
      return Stream.empty();
    }
  }

  /**
   * One measured number of one cell.
   *
   * @param quantity a metric of {@code scores.csv}, or one of {@link Quantity}
   * @param condenser whose prototypes, where not those of the recipe's only condenser or Blend
   * @param ofNextSeed whether of the seed after the one at hand, seeds being taken two by two
   */
  record Term(
      String quantity,
      String method,
      RetainRecipe recipe,
      Optional<String> condenser,
      OptionalInt imagesPerClass,
      int round,
      boolean ofNextSeed)
      implements Formula {
    /** The same cell's image passes in the place of its seconds. */
    Term asPasses() {
      return new Term(
          Quantity.PASSES.id(), method, recipe, condenser, imagesPerClass, round, ofNextSeed);
    }

    @Override
    public double value(ToDoubleFunction<Term> evidence) {
      return evidence.applyAsDouble(this);
    }

    @Override
    public Stream<Term> terms() {
      return Stream.of(this);
    }
  }

  /** Two formulas and the sign between them. */
  record Operation(char sign, Formula left, Formula right) implements Formula {
    @Override
    public double value(ToDoubleFunction<Term> evidence) {
      double l = left.value(evidence);
      double r = right.value(evidence);
      return switch (sign) {
        case '+' -> l + r;
        case '-' -> l - r;
        case '*' -> l * r;
        case '/' -> l / r;
        default -> throw new IllegalStateException("No rule for the sign " + sign);
      };
    }

    @Override
    public Stream<Term> terms() {
      return Stream.concat(left.terms(), right.terms());
    }
  }

  /** A function of some formulas. */
  record Call(Function function, List<Formula> arguments) implements Formula {
    @Override
    public double value(ToDoubleFunction<Term> evidence) {
      double[] values = arguments.stream().mapToDouble(a -> a.value(evidence)).toArray();
      return function.of(values);
    }

    @Override
    public Stream<Term> terms() {
      return arguments.stream().flatMap(Formula::terms);
    }
  }

  /** Functions by the name they are written with, in lower case. */
  enum Function {
    /** The distance from 0 of one value. */
    ABS,
    /** The largest; NaN if one is. */
    MAX,
    /** The mean. */
    MEAN,
    /** The smallest; NaN if one is. */
    MIN;

    double of(double[] values) {
      double sum = 0;
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (double value : values) {
        sum += value;
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
      return switch (this) {
        case ABS -> Math.abs(sum);
        case MAX -> most;
        case MEAN -> sum / values.length;
        case MIN -> least;
      };
    }
  }
}
