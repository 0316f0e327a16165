package lethe.report;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lethe.plan.RetainRecipe;

/** What a grid must have for claims to be judged, in the words of a grid. */
final class Needs {
  private Needs() {}

  /** A line for claims that belong to the same results: their ids, and what covers them all. */
  static String text(Collection<Claim> claims) {
    Map<String, List<Claim>> byScope =
        claims.stream()
            .collect(Collectors.groupingBy(Needs::scope, LinkedHashMap::new, Collectors.toList()));
    StringBuilder text = new StringBuilder();
    byScope.forEach(
        (scope, group) ->
            text.append("- ")
                .append(group.stream().map(Claim::id).collect(Collectors.joining(", ")))
                .append(": ")
                .append(scope)
                .append(axes(group))
                .append('\n'));
    return text.toString();
  }

  private static String scope(Claim claim) {
    String size =
        claim
            .authors()
            .map(a -> ", " + String.join(" or ", a.networks()) + " with the authors' settings")
            .orElse("");
    return claim.scope().text() + size;
  }

  private static String axes(List<Claim> claims) {
    List<Formula.Term> terms = claims.stream().flatMap(c -> c.measured().terms()).toList();
    int last = terms.stream().mapToInt(Formula.Term::round).max().orElse(0);
    return axis("methods", terms, t -> Stream.of(t.method()))
        + axis("recipes", terms, t -> Stream.of(t.recipe()).map(RetainRecipe::id))
        + axis("condensers", terms, t -> t.condenser().stream())
        + axis(
            "clusters-per-class", terms, t -> t.imagesPerClass().stream().mapToObj(String::valueOf))
        + (last > 0 ? "; rounds = " + (last + 1) : "");
  }

  private static String axis(
      String name, List<Formula.Term> terms, Function<Formula.Term, Stream<String>> values) {
    Set<String> all =
        terms.stream().flatMap(values).collect(Collectors.toCollection(LinkedHashSet::new));
    return all.isEmpty() ? "" : "; " + name + " = " + all;
  }
}
