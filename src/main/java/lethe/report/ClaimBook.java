package lethe.report;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads claims. Their file says what its fields mean. */
final class ClaimBook {
  private static final String RESOURCE = "lethe/report/claims.conf";
  private static final String METHOD = "METHOD"; // stands for each method of a claim about several
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "source",
          "text",
          "scenario",
          "dataset",
          "per-cluster",
          "formula",
          "from",
          "to",
          "each",
          "full-size",
          "rivals",
          "control");

  private ClaimBook() {}

  /** The claims among the resources: the paper's, and the controls. */
  static List<Claim> ofThePaper() {
    return read(
        ConfigFactory.parseResources(ClaimBook.class.getClassLoader(), RESOURCE),
        AuthorsSettings.load());
  }

  /**
   * @param authors how the authors run what some claims are about
   * @throws IllegalArgumentException when an id is not unique, a formula is none or a field is
   *     unknown
   */
  static List<Claim> read(Config config, AuthorsSettings authors) {
    Map<String, List<String>> sets = sets(config);
    List<Claim> claims = new ArrayList<>();
    for (Config one : config.getConfigList("claims")) {
      check(one);
      if (one.hasPath("each")) {
        one.getStringList("each").forEach(method -> claims.add(claim(one, method, sets, authors)));
      } else {
        claims.add(claim(one, "", sets, authors));
      }
    }
    Set<String> ids = new HashSet<>();
    for (Claim claim : claims) {
      if (!ids.add(claim.id())) {
        throw new IllegalArgumentException("Two claims are called " + claim.id());
      }
    }
    return List.copyOf(claims);
  }

  private static void check(Config claim) {
    for (String field : claim.root().keySet()) {
      if (!FIELDS.contains(field)) {
        throw new IllegalArgumentException(
            "The claim \"%s\" has a field \"%s\", which no claim has."
                .formatted(claim.getString("id"), field));
      }
    }
  }

  /** Methods by the name of their set. */
  private static Map<String, List<String>> sets(Config config) {
    if (!config.hasPath("sets")) {
      return Map.of();
    }
    Config sets = config.getConfig("sets");
    return sets.root().keySet().stream()
        .collect(Collectors.toMap(name -> name, sets::getStringList));
  }

  private static Claim claim(
      Config one, String method, Map<String, List<String>> sets, AuthorsSettings authors) {
    String formula = one.getString("formula").replace(METHOD, method);
    String id = one.getString("id");
    return new Claim(
        method.isEmpty() ? id : id + "/" + method,
        one.getString("source"),
        one.getString("text").replace(METHOD, method),
        scope(one),
        one.hasPath("full-size")
            ? Optional.of(new AuthorsSetting(one.getStringList("full-size"), authors))
            : Optional.empty(),
        new Rivals(rivals(one), authors),
        formula,
        FormulaText.read(formula, sets),
        new Range(
            one.hasPath("from") ? one.getDouble("from") : Double.NEGATIVE_INFINITY,
            one.hasPath("to") ? one.getDouble("to") : Double.POSITIVE_INFINITY),
        one.hasPath("control") ? one.getString("control") : "");
  }

  private static Scope scope(Config one) {
    return new Scope(
        Scope.scenarios(one.getString("scenario")),
        one.hasPath("dataset") ? Optional.of(one.getString("dataset")) : Optional.empty(),
        one.hasPath("per-cluster")
            ? OptionalDouble.of(one.getDouble("per-cluster"))
            : OptionalDouble.empty());
  }

  private static Rivals.Sort rivals(Config one) {
    String word = one.hasPath("rivals") ? one.getString("rivals") : "any";
    return Rivals.Sort.valueOf(word.replace('-', '_').toUpperCase(Locale.ROOT));
  }
}
