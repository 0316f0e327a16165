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
import lethe.plan.Cell;
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

  /**
   * The rooms that may read a block: its owner's, run where it prepares what the owner takes, and
   * plan where it takes the digest of a file.
   */
  private static final Map<String, List<String>> ROOMS =
      Map.of(
          "dataset", List.of("data", "run"),
          "network", List.of("net"),
          "train", List.of("net", "plan"),
          "split", List.of("data"),
          "partition", List.of("partition", "run"),
          "condense", List.of("condense"),
          "unlearn", List.of("unlearn"),
          "evaluate", List.of("evaluate"));

  private static Set<String> readIn(String room) {
    Set<String> read = new HashSet<>();
    for (Path file : ProjectFiles.java("src/main/java/lethe/" + room)) {
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
    return read;
  }

  @Test
  void every_knob_is_read_in_a_room_of_its_card() {
    List<String> idle = new ArrayList<>();
    for (Card card : cards()) {
      Set<String> read = new HashSet<>();
      String block = card.block().split("\\.", 2)[0];
      ROOMS.getOrDefault(block, List.of()).forEach(room -> read.addAll(readIn(room)));
      for (Knob knob : card.knobs()) {
        if (!read.contains(knob.name())) {
          idle.add(card.block() + "." + knob.name());
        }
      }
    }
    assertEquals(List.of(), idle, "declared, but nobody reads them");
  }

  @Test
  void every_comment_says_the_range_of_its_knob() {
    List<String> wrong = new ArrayList<>();
    for (Card card : cards()) {
      Map<String, String> comments = comments(card.block());
      for (Knob knob : card.knobs()) {
        String said = comments.getOrDefault(knob.name(), "");
        String legal = range(knob);
        // A method's setting without a range of its own has that of the training.
        boolean inherited =
            !card.equals(Training.CARD)
                && !said.matches(".*\\d+ to .*|.*above .*|.* or more.*")
                && Training.CARD.knobs().stream().anyMatch(knob::equals);
        if (!inherited && !says(said, legal)) {
          wrong.add(card.block() + "." + knob.name() + " is " + legal + ", not: " + said);
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** Neither end may go on: "1 to 1000" is not said by "1 to 10000", nor "above 0" by more. */
  private static boolean says(String comment, String range) {
    return Pattern.compile("(?<![0-9.])" + Pattern.quote(range) + "(?![0-9e]|\\.[0-9]|, at most)")
        .matcher(comment)
        .find();
  }

  @Test
  void a_range_that_goes_on_is_another_range() {
    assertTrue(says("epochs; 1 to 1000", "1 to 1000"));
    assertTrue(says("above 0, at most 10; a rate", "above 0, at most 10"));
    assertFalse(says("1 to 10000", "1 to 1000"));
    assertFalse(says("0.1 to 5", "1 to 5"));
    assertFalse(says("above 0, at most 10", "above 0"));
    assertFalse(says("0 to 0.9", "0 to 0"));
  }

  /** A range in the words of the manual. */
  private static String range(Knob knob) {
    if (knob.kind() == Knob.Kind.CHOICE) {
      return String.join(" or ", knob.choices());
    }
    if (knob.kind() == Knob.Kind.FILE) {
      return "\"\" for none";
    }
    boolean open = knob.least() == Double.MIN_VALUE;
    if (knob.most() == Double.MAX_VALUE) {
      return open ? "above 0" : number(knob.least()) + " or more";
    }
    double next = Math.nextUp(knob.most());
    if (next == Math.rint(next)) {
      return number(knob.least()) + " to below " + number(next);
    }
    String most = number(knob.most());
    return open ? "above 0, at most " + most : number(knob.least()) + " to " + most;
  }

  private static String number(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  /** The comment beside each setting of a block, with the comment lines that go on with it. */
  private static Map<String, String> comments(String block) {
    Map<String, String> comments = new HashMap<>();
    String setting = "";
    boolean inside = false;
    for (String line :
        ProjectFiles.text(ProjectFiles.HOME.resolve("src/main/resources/reference.conf"))
            .lines()
            .toList()) {
      if (line.startsWith("  " + block + " {")) {
        inside = true;
      } else if (inside && line.strip().equals("}")) {
        return comments;
      } else if (inside) {
        String[] halves = line.split("#", 2);
        setting = halves[0].isBlank() ? setting : halves[0].split("=", 2)[0].strip();
        String more = halves.length > 1 ? halves[1].strip() + " " : "";
        comments.merge(setting, more, String::concat);
      }
    }
    return comments;
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
    long plain = Methods.CARDS.stream().filter(card -> !card.id().startsWith("a-")).count();
    long expected = plain + 1 + Condensers.CARDS.size(); // the accelerated ones are one wrapper
    assertTrue(
        told.size() >= expected,
        "%d methods and condensers, but only %d files with the five lines"
            .formatted(expected, told.size()));
  }

  @Test
  void what_rows_are_compared_with_is_a_method() {
    assertTrue(Methods.CARDS.stream().anyMatch(card -> card.id().equals(Cell.RETRAINING)));
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
