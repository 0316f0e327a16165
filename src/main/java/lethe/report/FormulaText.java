package lethe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lethe.plan.RetainRecipe;

/**
 * Reads a {@link Formula}: numbers, {@code + - * /} with the usual precedence, parentheses, {@code
 * abs max mean min} and terms. A term is a quantity and the cell it is of:
 *
 * <p>{@code time(cf)}, {@code forget-accuracy(scrub, reduced)}, {@code test-accuracy(retraining,
 * reduced, dm, ipc-10)}, {@code mia-published(a-cf, round-2)}.
 *
 * <p>The method comes first; then, in any order, a recipe (else the whole retain set), a condenser,
 * {@code ipc-N} images per class, {@code round-N} (else 0) and {@code next-seed}: of the seed after
 * the one at hand, where seeds are taken two by two, the first with the second, the third with the
 * fourth; the second, the fourth and a last one alone have none. A minus between terms has blanks
 * around it, for names have hyphens.
 */
final class FormulaText {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:[0-9]+(?:\\.[0-9]+)?|[a-z][a-z0-9]*(?:-[a-z0-9]+)*|[A-Z]+|[-+*/(),])");
  private static final Pattern NUMBERED = Pattern.compile("(ipc|round)-([0-9]{1,6})");

  private final String text;
  private final Map<String, List<String>> sets;
  private final List<String> tokens;
  private int next;

  private FormulaText(String text, Map<String, List<String>> sets, List<String> tokens) {
    this.text = text;
    this.sets = sets;
    this.tokens = tokens;
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text.stripTrailing());
    int at = 0;
    while (matcher.lookingAt()) {
      tokens.add(matcher.group().strip());
      at = matcher.end();
      matcher.region(at, matcher.regionEnd());
    }
    if (at < matcher.regionEnd()) {
      throw wrong(text, "cannot be read from \"" + text.substring(at).strip() + "\" on");
    }
    return List.copyOf(tokens);
  }

  /**
   * @param sets methods by the name of their set
   * @throws IllegalArgumentException when it is none; the message says why
   */
  static Formula read(String text, Map<String, List<String>> sets) {
    return new FormulaText(text, sets, tokens(text)).all();
  }

  private Formula all() {
    Formula formula = sum();
    if (next < tokens.size()) {
      throw wrong("goes on after its end with \"" + peek() + "\"");
    }
    return formula;
  }

  private Formula sum() {
    Formula left = product();
    while (peek().equals("+") || peek().equals("-")) {
      char sign = take().charAt(0);
      left = new Formula.Operation(sign, left, product());
    }
    return left;
  }

  private Formula product() {
    Formula left = factor();
    while (peek().equals("*") || peek().equals("/")) {
      char sign = take().charAt(0);
      left = new Formula.Operation(sign, left, factor());
    }
    return left;
  }

  private Formula factor() {
    String token = take();
    if (token.equals("(")) {
      Formula inner = sum();
      expect(")");
      return inner;
    }
    if (token.matches("[0-9].*")) {
      return new Formula.Constant(Double.parseDouble(token));
    }
    if (!token.matches("[a-z].*")) {
      throw wrong("has \"" + token + "\" where a number, a term or a function should be");
    }
    expect("(");
    for (Formula.Function function : Formula.Function.values()) {
      if (function.name().toLowerCase(Locale.ROOT).equals(token)) {
        return new Formula.Call(function, arguments());
      }
    }
    return term(token);
  }

  private List<Formula> arguments() {
    List<Formula> arguments = new ArrayList<>(argument());
    while (peek().equals(",")) {
      expect(",");
      arguments.addAll(argument());
    }
    expect(")");
    return arguments;
  }

  /** One formula; where it names a set, one for each of its methods. */
  private List<Formula> argument() {
    int start = next;
    Formula formula = sum();
    List<String> own = tokens.subList(start, next);
    Optional<String> set = own.stream().filter(sets::containsKey).findFirst();
    if (set.isEmpty()) {
      return List.of(formula);
    }
    return sets.getOrDefault(set.get(), List.of()).stream()
        .map(method -> own.stream().map(t -> t.equals(set.get()) ? method : t).toList())
        .map(inner -> new FormulaText(text, sets, inner).all())
        .toList();
  }

  private Formula.Term term(String quantity) {
    String method = take();
    RetainRecipe recipe = RetainRecipe.WHOLE;
    Optional<String> condenser = Optional.empty();
    OptionalInt imagesPerClass = OptionalInt.empty();
    int round = 0;
    boolean ofNextSeed = false;
    while (peek().equals(",")) {
      expect(",");
      String word = take();
      Matcher numbered = NUMBERED.matcher(word);
      if (numbered.matches() && numbered.group(1).equals("ipc")) {
        imagesPerClass = OptionalInt.of(Integer.parseInt(numbered.group(2)));
      } else if (numbered.matches()) {
        round = Integer.parseInt(numbered.group(2));
      } else if (word.equals("next-seed")) {
        ofNextSeed = true;
      } else if (RetainRecipe.of(word).isPresent()) {
        recipe = RetainRecipe.of(word).get();
      } else {
        condenser = Optional.of(word);
      }
    }
    expect(")");
    return new Formula.Term(quantity, method, recipe, condenser, imagesPerClass, round, ofNextSeed);
  }

  private String peek() {
    return next < tokens.size() ? tokens.get(next) : "";
  }

  private String take() {
    if (next == tokens.size()) {
      throw wrong("ends too early");
    }
    return tokens.get(next++);
  }

  private void expect(String token) {
    if (!peek().equals(token)) {
      String found = peek().isEmpty() ? "its end" : "\"" + peek() + "\"";
      throw wrong("has " + found + " where \"" + token + "\" should be");
    }
    next++;
  }

  private IllegalArgumentException wrong(String why) {
    return wrong(text, why);
  }

  private static IllegalArgumentException wrong(String text, String why) {
    return new IllegalArgumentException("The formula \"" + text + "\" " + why + ".");
  }
}
