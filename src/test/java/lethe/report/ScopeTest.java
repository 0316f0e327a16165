package lethe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import lethe.plan.Scenario;
import org.junit.jupiter.api.Test;

class ScopeTest {
  private static final List<String> SCENARIOS =
      List.of("random-class", "uniform-10", "uniform-20", "classes-1-2-3", "none");

  /** The scenarios that a claim with that word is judged in. */
  private static List<String> held(String word) {
    Scope scope = new Scope(Scope.scenarios(word), Optional.empty(), OptionalDouble.empty());
    return SCENARIOS.stream()
        .flatMap(id -> Stream.ofNullable(Scenario.of(id).orElse(null)))
        .filter(s -> scope.holds(new Place(Samples.GLYPHS, Samples.CONVNET, s)))
        .map(Scenario::id)
        .toList();
  }

  @Test
  void a_claim_is_about_the_papers_scenarios_and_no_others() {
    assertEquals(List.of("random-class"), held("class"));
    assertEquals(List.of("uniform-10"), held("uniform"));
    assertEquals(List.of("random-class", "uniform-10"), held("any"));
    assertEquals(List.of("none"), held("none"));
    assertEquals(List.of(), held("fact"));
  }

  @Test
  void a_claim_may_name_another() {
    assertEquals(List.of("uniform-20"), held("uniform-20"));
    assertEquals(List.of("uniform-10"), held("uniform-10.0"));
    assertThrows(IllegalArgumentException.class, () -> Scope.scenarios("clas"));
  }
}
