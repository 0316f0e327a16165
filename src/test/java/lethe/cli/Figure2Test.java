package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lethe.plan.Card;
import lethe.plan.Grid;
import lethe.plan.GridReader;
import lethe.plan.Repertoire;
import lethe.plan.Settings;
import lethe.plan.Subject;
import org.junit.jupiter.api.Test;

/** The paper's comparison of condensers. */
class Figure2Test {
  private static final Repertoire REPERTOIRE = Catalogues.repertoire();

  /** Condenser, its setting, its value: the authors' (cond.py and the scripts that call it). */
  private static final String COMPARED =
      """
      blend iterations 20
      blend momentum 0.5
      gm iterations 1001
      gm batch 256
      gm learning-rate 0.1
      gm momentum 0.5
      gm network-learning-rate 0.01
      dm iterations 20000
      dm batch 256
      dm learning-rate 0.01
      dm momentum 0.5
      idm iterations 20000
      idm batch 256
      idm learning-rate 0.01
      idm momentum 0.5
      idm networks 3
      idm cross-entropy-weight 1
      """;

  @Test
  void condenses_and_evaluates_as_the_authors_but_for_the_same_epochs_each() {
    Grid grid = GridReader.read(Path.of("experiments", "figure2.conf"), List.of(), REPERTOIRE);
    Subject subject = Subject.of(grid.datasets().get(0), 1).on(grid.networks().get(0));
    List<String> found = new ArrayList<>();
    grid.condensers()
        .forEach(
            choice -> {
              Card card =
                  Optional.ofNullable(REPERTOIRE.condensers().get(choice.id())).orElseThrow();
              Settings settings = grid.settings(choice, card, subject);
              found.add(choice.id() + " " + settings.integer("clusters-per-class"));
              for (String row : COMPARED.lines().filter(r -> r.startsWith(choice.id())).toList()) {
                List<String> words = List.of(row.split(" "));
                double expected = Double.parseDouble(words.get(2));
                assertEquals(expected, settings.number(words.get(1)), row);
              }
            });
    for (String id : List.of("blend", "gm", "dm", "idm")) {
      assertTrue(found.containsAll(List.of(id + " 2", id + " 10")), id);
    }
    Card retraining = Optional.ofNullable(REPERTOIRE.methods().get("retraining")).orElseThrow();
    Map<String, String> evaluation =
        Map.of(
            "epochs", "40", // the authors' of Blend; they give 10 to the others
            "batch", "256",
            "learning-rate", "0.01",
            "momentum", "0.9",
            "weight-decay", "5.0E-4",
            "warmup-epochs", "0");
    assertEquals(evaluation, grid.knobs().settings(retraining, subject).entries());
  }
}
