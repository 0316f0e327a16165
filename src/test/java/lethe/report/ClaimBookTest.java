package lethe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lethe.condense.Condensers;
import lethe.data.source.Sources;
import lethe.net.Networks;
import lethe.plan.Card;
import lethe.plan.Cell;
import lethe.unlearn.Methods;
import org.junit.jupiter.api.Test;

class ClaimBookTest {
  private static final List<Claim> CLAIMS = ClaimBook.ofThePaper();
  private static final Set<String> METRICS =
      Set.of(
          "retain-accuracy",
          "forget-accuracy",
          "test-accuracy",
          "free-retain-accuracy",
          "residual-retain-accuracy",
          "all-forgotten-accuracy",
          "mia-published",
          "mia-rank-auc");

  private static final Set<Quantity> COUNTED =
      Set.of(Quantity.PASSES, Quantity.IMAGES, Quantity.OPTIMISED);

  private static Set<String> ids(List<Card> cards) {
    return cards.stream().map(Card::id).collect(Collectors.toSet());
  }

  @Test
  void there_are_many_claims_and_some_controls() {
    assertTrue(CLAIMS.stream().filter(c -> !c.control()).count() >= 25);
    assertTrue(CLAIMS.stream().filter(Claim::control).count() >= 5);
  }

  @Test
  void every_formula_is_about_what_exists() {
    Set<String> methods = ids(Methods.CARDS);
    methods.add(Cell.ORIGINAL);
    Set<String> networks = ids(Networks.CARDS);
    List<String> unknown = new ArrayList<>();
    for (Claim claim : CLAIMS) {
      List<Formula.Term> terms = claim.measured().terms().toList();
      assertFalse(terms.isEmpty(), claim.id());
      for (Formula.Term term : terms) {
        boolean known =
            claim.scope().isFact()
                ? term.quantity().equals("parameters") && networks.contains(term.method())
                : isQuantity(term.quantity())
                    && methods.contains(term.method())
                    && term.condenser().filter(c -> !ids(Condensers.CARDS).contains(c)).isEmpty();
        if (!known) {
          unknown.add(claim.id() + ": " + term);
        }
      }
      if (claim.scope().dataset().filter(d -> !ids(Sources.CARDS).contains(d)).isPresent()) {
        unknown.add(claim.id() + ": " + claim.scope().dataset());
      }
      claim
          .authors()
          .filter(a -> !networks.containsAll(a.networks()))
          .ifPresent(a -> unknown.add(claim.id() + ": " + a));
    }
    assertEquals(List.of(), unknown);
  }

  private static boolean isQuantity(String name) {
    return METRICS.contains(name) || Quantity.of(name).isPresent();
  }

  /** Else it would rest on ten classes that another dataset need not have. */
  @Test
  void a_claim_about_a_size_of_clusters_names_its_dataset() {
    for (Claim claim : CLAIMS) {
      Scope scope = claim.scope();
      assertTrue(scope.perCluster().isEmpty() || scope.dataset().isPresent(), claim.id());
    }
  }

  @Test
  void a_field_that_no_claim_has_is_refused() {
    String typo = "{ id = a, source = S, text = T, scenario = any, formula = \"1\", form = 1 }";
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                ClaimBook.read(
                    ConfigFactory.parseString("claims = [ " + typo + " ]"),
                    AuthorsSettings.load()));
    assertEquals("The claim \"a\" has a field \"form\", which no claim has.", refused.getMessage());
  }

  @Test
  void every_claim_could_be_false() {
    for (Claim claim : CLAIMS) {
      Range range = claim.range();
      assertTrue(range.from() < range.to(), claim.id());
      assertTrue(Double.isFinite(range.from()) || Double.isFinite(range.to()), claim.id());
    }
  }

  /** What arithmetic forbids shows nothing where it does not hold. */
  @Test
  void every_control_says_why_it_is_false_and_rests_on_measurements() {
    for (Claim claim : CLAIMS) {
      if (claim.control()) {
        assertTrue(claim.falseBecause().length() > 20, claim.id());
        assertFalse(claim.scope().isFact(), claim.id());
        List<Optional<Quantity>> counted =
            claim.terms().stream()
                .map(t -> Quantity.of(t.quantity()))
                .filter(q -> q.filter(COUNTED::contains).isPresent())
                .toList();
        assertEquals(List.of(), counted, claim.id());
      }
    }
  }

  @Test
  void a_claim_about_several_methods_is_one_of_each() {
    List<Claim> claims =
        ClaimBook.read(
            ConfigFactory.parseString(
                """
                claims = [ { id = quick, source = S, scenario = class, each = [ cf, a-cf ]
                             text = "METHOD is quick", formula = "time(METHOD)", to = 1 } ]
                """),
            AuthorsSettings.load());
    assertEquals(List.of("quick/cf", "quick/a-cf"), claims.stream().map(Claim::id).toList());
    assertEquals("a-cf is quick", claims.get(1).text());
    assertEquals("time(a-cf)", claims.get(1).formula());
  }

  @Test
  void two_claims_of_one_name_are_refused() {
    String one = "{ id = a, source = S, text = T, scenario = any, formula = \"1\", to = 1 }";
    assertThrows(
        IllegalArgumentException.class,
        () ->
            ClaimBook.read(
                ConfigFactory.parseString("claims = [ " + one + ", " + one + " ]"),
                AuthorsSettings.load()));
  }
}
