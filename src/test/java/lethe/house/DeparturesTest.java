package lethe.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lethe.condense.Condensers;
import lethe.evaluate.Scoring;
import lethe.plan.Card;
import lethe.unlearn.Methods;
import org.junit.jupiter.api.Test;

/** A grid's protocol reaches the settings of those alone whose card departs. */
class DeparturesTest {
  private static final String ASKS = "asPublished()";

  /**
   * Takes a MatchingStep, which asks; but the authors augment IDM's real images as synthetic ones.
   */
  private static final Set<String> ALIKE = Set.of("idm");

  private static final String WRAPPER = "Accelerated"; // departs as what it wraps

  @Test
  void who_asks_for_the_protocol_has_a_card_that_departs_and_nobody_else_has() {
    Map<Card, Class<?>> classes = new LinkedHashMap<>();
    Methods.CARDS.forEach(card -> classes.put(card, Methods.of(card.id()).getClass()));
    Condensers.CARDS.forEach(card -> classes.put(card, Condensers.of(card.id()).getClass()));
    classes.put(Scoring.CARD, Scoring.class);
    Set<String> named =
        classes.values().stream().map(Class::getSimpleName).collect(Collectors.toSet());
    List<String> wrong = new ArrayList<>();
    classes.forEach(
        (card, type) -> {
          boolean asks = asks(type, named) && !ALIKE.contains(card.id());
          if (!type.getSimpleName().equals(WRAPPER) && asks != card.departs()) {
            wrong.add(card.id() + (asks ? " asks" : " does not ask"));
          }
        });
    assertEquals(List.of(), wrong);
  }

  /** Whether it asks itself, or makes a helper of its room that does. */
  private static boolean asks(Class<?> type, Set<String> named) {
    String room = "src/main/java/" + type.getPackageName().replace('.', '/');
    List<Path> files = ProjectFiles.java(room);
    String own =
        files.stream()
            .filter(f -> name(f).equals(type.getSimpleName()))
            .map(ProjectFiles::text)
            .findFirst()
            .orElseThrow();
    return own.contains(ASKS)
        || files.stream()
            .filter(f -> !named.contains(name(f)) && ProjectFiles.text(f).contains(ASKS))
            .anyMatch(f -> own.contains("new " + name(f) + "("));
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).replace(".java", "");
  }
}
