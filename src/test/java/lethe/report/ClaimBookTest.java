package lethe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lethe.condense.Condensers;
import lethe.data.source.Sources;
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
    List<String> unknown = new ArrayList<>();
    for (Claim claim : CLAIMS) {
      List<Formula.Term> terms = claim.measured().terms().toList();
      assertFalse(terms.isEmpty(), claim.id());
      for (Formula.Term term : terms) {
        boolean known =
            (METRICS.contains(term.quantity()) || Quantity.of(term.quantity()).isPresent())
                && methods.contains(term.method())
                && term.condenser().filter(c -> !ids(Condensers.CARDS).contains(c)).isEmpty();
        if (!known) {
          unknown.add(claim.id() + ": " + term);
        }
      }
      if (claim.dataset().filter(d -> !ids(Sources.CARDS).contains(d)).isPresent()) {
        unknown.add(claim.id() + ": " + claim.dataset());
      }
    }
    assertEquals(List.of(), unknown);
  }

  @Test
  void every_claim_could_be_false() {
    for (Claim claim : CLAIMS) {
      assertTrue(claim.from() < claim.to(), claim.id());
      assertTrue(Double.isFinite(claim.from()) || Double.isFinite(claim.to()), claim.id());
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
                """));
    assertEquals(List.of("quick/cf", "quick/a-cf"), claims.stream().map(Claim::id).toList());
    assertEquals("a-cf is quick", claims.get(1).text());
    assertEquals("time(a-cf)", claims.get(1).formula());
  }

  @Test
  void two_claims_of_one_name_are_refused() {
    String one = "{ id = a, source = S, text = T, scenario = any, formula = \"1\", to = 1 }";
    assertThrows(
        IllegalArgumentException.class,
        () -> ClaimBook.read(ConfigFactory.parseString("claims = [ " + one + ", " + one + " ]")));
  }
}
