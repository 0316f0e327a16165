package lethe.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lethe.condense.Condensers;
import lethe.data.Splitter;
import lethe.data.source.Sources;
import lethe.evaluate.Scoring;
import lethe.net.Networks;
import lethe.net.Training;
import lethe.partition.Partitioning;
import lethe.plan.Card;
import lethe.plan.Knob;
import lethe.unlearn.Methods;
import org.junit.jupiter.api.Test;

/** A method, dataset or network is a class, a line in a catalogue and a block of settings. */
class CatalogueTest {
  private static final List<String> HEADER =
      List.of("Idea.", "Source.", "Equation.", "Departures.", "Cost.");

  /** How code reads a setting, whoever declares it. */
  private static final Pattern READ =
      Pattern.compile(
          "\\.(?:integer|number|flag|text|has)\\(\\s*(?:\"([a-z0-9-]+)\"|([A-Z][A-Z_]+))");

  private static final Pattern CONSTANT =
      Pattern.compile("static final String ([A-Z][A-Z_]+) =\\s*\"([a-z0-9-]+)\"");

  private static List<Card> cards() {
    return Stream.of(
            List.of(Training.CARD, Partitioning.CARD, Splitter.CARD, Scoring.CARD),
            Sources.CARDS,
            Networks.CARDS,
            Condensers.CARDS,
            Methods.CARDS)
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void every_card_has_a_block_of_defaults_with_exactly_its_knobs() {
    Config reference =
        ConfigFactory.parseFile(
                ProjectFiles.HOME.resolve("src/main/resources/reference.conf").toFile())
            .getConfig("lethe"); // as it stands there, nothing laid over it
    for (Card card : cards()) {
      Set<String> knobs =
          card.knobs().stream().map(Knob::name).collect(Collectors.toCollection(TreeSet::new));
      if (knobs.isEmpty()) {
        continue;
      }
      assertTrue(reference.hasPath(card.block()), "reference.conf has no block " + card.block());
      assertEquals(
          knobs,
          new TreeSet<>(reference.getConfig(card.block()).root().keySet()),
          "knobs of " + card.id() + " and settings of " + card.block());
    }
  }

  @Test
  void every_knob_is_read() {
    Set<String> read = new HashSet<>();
    for (Path file : ProjectFiles.java("src/main/java/lethe")) {
      String text = ProjectFiles.text(file);
      Map<String, String> constants = new HashMap<>();
      CONSTANT.matcher(text).results().forEach(m -> constants.put(m.group(1), m.group(2)));
      Matcher reads = READ.matcher(text);
      while (reads.find()) {
        read.add(
            reads.group(1) != null
                ? reads.group(1)
                : constants.getOrDefault(reads.group(2), reads.group(2)));
      }
    }
    List<String> idle = new ArrayList<>();
    for (Card card : cards()) {
      for (Knob knob : card.knobs()) {
        if (!read.contains(knob.name())) {
          idle.add(card.block() + "." + knob.name());
        }
      }
    }
    assertEquals(List.of(), idle, "declared, but nobody reads them");
  }

  @Test
  void every_method_and_condenser_tells_idea_source_equation_departures_and_cost() {
    List<Path> files = new ArrayList<>(ProjectFiles.java("src/main/java/lethe/unlearn"));
    files.addAll(ProjectFiles.java("src/main/java/lethe/condense"));
    List<String> told =
        files.stream()
            .map(ProjectFiles::text)
            .filter(text -> HEADER.stream().allMatch(text::contains))
            .toList();
    List<String> half = new ArrayList<>();
    for (Path file : files) {
      long lines = HEADER.stream().filter(ProjectFiles.text(file)::contains).count();
      if (lines > 0 && lines < HEADER.size() && ProjectFiles.text(file).contains("Idea.")) {
        half.add(file.getFileName() + " has " + lines + " of the five lines");
      }
    }
    assertEquals(List.of(), half);
    int expected = Methods.CARDS.size() + Condensers.CARDS.size();
    assertTrue(
        told.size() >= expected,
        "%d methods and condensers, but only %d files with the five lines"
            .formatted(expected, told.size()));
  }

  @Test
  void names_are_unique_and_readable() {
    Set<String> seen = new HashSet<>();
    for (Card card : cards()) {
      assertTrue(seen.add(card.block()), "two cards own the block " + card.block());
      assertTrue(card.id().matches("[a-z0-9]+(-[a-z0-9]+)*"), card.id());
      assertFalse(card.title().isBlank(), card.id() + " has no title");
    }
  }
}
