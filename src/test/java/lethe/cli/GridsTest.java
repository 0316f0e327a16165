package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lethe.plan.Card;
import lethe.plan.Environment;
import lethe.plan.Grid;
import lethe.plan.GridReader;
import lethe.plan.Plan;
import lethe.plan.Repertoire;
import lethe.plan.RetainRecipe;
import lethe.plan.Settings;
import lethe.plan.StageKey;
import lethe.plan.StageKind;
import lethe.plan.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The experiments that come with Lethe. */
class GridsTest {
  private static final Repertoire REPERTOIRE = Catalogues.repertoire();

  private static Grid grid(String name) {
    return GridReader.read(Path.of("experiments", name + ".conf"), List.of(), REPERTOIRE);
  }

  /** Plans on an imagined machine, with imagined images. */
  private static Plan plan(String name) {
    TreeMap<String, String> digests = new TreeMap<>();
    REPERTOIRE.datasets().keySet().forEach(id -> digests.put(id, "digest of " + id));
    Environment environment =
        new Environment("engine", "device", "fp32", 2, 0, 0, new TreeMap<>(), digests);
    return Plan.of(grid(name), environment, REPERTOIRE);
  }

  private static List<Integer> counts(String... names) {
    Map<StageKey, StageKind> stages = new TreeMap<>();
    for (String name : names) {
      plan(name).stages().forEach((key, stage) -> stages.put(key, stage.kind()));
    }
    Map<StageKind, Long> kinds =
        stages.values().stream().collect(Collectors.groupingBy(k -> k, Collectors.counting()));
    return Stream.of(StageKind.ORIGINAL, StageKind.CLUSTERS, StageKind.UNLEARNED)
        .map(kind -> kinds.getOrDefault(kind, 0L).intValue())
        .toList();
  }

  private static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("experiments"))) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.endsWith(".conf")) // presets are parts of grids
          .map(f -> f.replace(".conf", ""))
          .sorted()
          .toList();
    }
  }

  @Test
  void every_experiment_can_be_planned_and_says_what_it_answers_and_costs() throws IOException {
    for (String name : names()) {
      assertEquals(name, grid(name).name());
      assertTrue(plan(name).cells().size() >= grid(name).seeds().size(), name);
      List<String> head = Files.readAllLines(Path.of("experiments", name + ".conf"));
      assertTrue(head.get(0).startsWith("# What it answers: "), name);
      assertTrue(head.stream().limit(5).anyMatch(l -> l.startsWith("# Price: ")), name);
    }
  }

  @Test
  void the_presets_of_condensers_fit_grids_with_one_of_them(@TempDir Path folder)
      throws IOException {
    Map<String, String> grids =
        Map.of("dm", "dm-own", "idm", "idm-own", "dm, idm", "condensers-own");
    for (Map.Entry<String, String> grid : grids.entrySet()) {
      String text =
          """
          include "%s"
          name = x
          datasets = [ cifar-10 ]
          networks = [ convnet ]
          scenarios = [ random-class ]
          methods = [ retraining ]
          condensers = [ %s ]
          """
              .formatted(
                  Path.of("experiments/presets", grid.getValue() + ".conf").toAbsolutePath(),
                  grid.getKey());
      Path file = Files.writeString(folder.resolve("x.conf"), text);
      SortedMap<String, Settings> base =
          GridReader.read(file, List.of(), REPERTOIRE).knobs().base();
      for (String id : grid.getKey().split(", ", -1)) {
        assertEquals(
            id.equals("dm") ? "1.0" : "0.2",
            base.getOrDefault("condense." + id, Settings.NONE).text("learning-rate"));
      }
    }
  }

  @Test
  void the_tables_share_originals_and_partitions() {
    // a table: 3 seeds; 7 methods x 2 recipes x 2 scenarios x 3 seeds = 84. All four: 2 datasets x
    // 2 networks x 3 seeds originals, 2 datasets x 3 seeds partitions.
    assertEquals(List.of(3, 3, 84), counts("table1"));
    assertEquals(List.of(12, 6, 336), counts("table1", "table2", "table3", "table4"));
  }

  @Test
  void the_figures_share_their_originals() {
    // figure 3: 7 recipes x 3 seeds; k-means on all images and anew on three parts. figure 4: 6
    // methods x 2 recipes x 3 rounds x 3 seeds, of which L1-sparse's first round with the reduced
    // retain set is in figure 3
    assertEquals(List.of(3, 12, 21), counts("figure3"));
    assertEquals(List.of(3, 12, 21 + 108 - 3), counts("figure3", "figure4"));
  }

  /** One line of the authors' settings. */
  private record Line(String block, String knob, Map<String, String> values) {}

  private static List<Line> published() throws IOException {
    try (InputStream in = GridsTest.class.getResourceAsStream("hyperparameters.csv")) {
      String text =
          new String(Optional.ofNullable(in).orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
      List<String> lines = text.lines().filter(l -> !l.startsWith("#")).toList();
      List<String> columns = List.of(lines.get(0).split(",", -1));
      List<Line> read = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        List<String> words = List.of(line.split(",", -1));
        int dot = words.get(0).lastIndexOf('.');
        Map<String, String> values = new TreeMap<>();
        for (int i = 1; i < columns.size(); i++) {
          values.put(columns.get(i), words.get(i));
        }
        read.add(new Line(words.get(0).substring(0, dot), words.get(0).substring(dot + 1), values));
      }
      return read;
    }
  }

  /**
   * Checks a grid against a column for each of its recipes; returns the settings it has looked at.
   */
  private static Set<String> check(
      Grid grid, List<Line> published, Map<RetainRecipe, String> columns) {
    Set<String> seen = new HashSet<>();
    for (String method : grid.methods()) {
      Card card = Optional.ofNullable(REPERTOIRE.methods().get(method)).orElseThrow();
      columns.forEach(
          (recipe, column) -> {
            Subject subject =
                Subject.of(grid.datasets().get(0), 1)
                    .on(grid.networks().get(0))
                    .in(grid.scenarios().get(0), 0)
                    .by(recipe)
                    .by(method);
            Settings settings = grid.knobs().settings(card, subject);
            for (Line line : published) {
              if (line.block().equals(card.block())) {
                double expected = Double.parseDouble(line.values().getOrDefault(column, ""));
                String what = grid.name() + " " + column + " " + line.block() + "." + line.knob();
                assertEquals(expected, settings.number(line.knob()), what);
                seen.add(line.block() + "." + line.knob());
              }
            }
          });
    }
    return seen;
  }

  @Test
  void the_grids_have_the_authors_settings() throws IOException {
    List<Line> published = published();
    Set<String> seen = new HashSet<>();
    for (String name : List.of("table1", "table2", "table3", "table4", "figure4")) {
      Grid grid = grid(name);
      String place = grid.datasets().get(0).id() + " " + grid.networks().get(0).id() + " ";
      seen.addAll(
          check(
              grid,
              published,
              Map.of(
                  RetainRecipe.WHOLE, place + "whole", RetainRecipe.REDUCED, place + "reduced")));
    }
    Map<RetainRecipe, String> tuned = new TreeMap<>();
    for (RetainRecipe recipe : RetainRecipe.values()) {
      tuned.put(recipe, "cinic-10 resnet-18 reduced"); // the authors' for all conditions
    }
    check(grid("figure3"), published, tuned);
    assertEquals(published.size(), seen.size(), "every line was looked at");
  }

  @Test
  void originals_batches_and_clusters_are_the_authors() {
    Map<String, Integer> clusters =
        Map.of(
            "table1", 1000, "table2", 1000, "table3", 100, "table4", 100, "figure3", 800, "figure4",
            800);
    clusters.forEach(
        (name, expected) -> {
          Grid grid = grid(name);
          Subject subject = Subject.of(grid.datasets().get(0), 1).on(grid.networks().get(0));
          Card blend = Optional.ofNullable(REPERTOIRE.condensers().get("blend")).orElseThrow();
          Settings condense = grid.settings(grid.condensers().get(0), blend, subject);
          assertEquals(expected, condense.integer("clusters-per-class"), name);
          assertEquals(12, condense.integer("iterations"), name);
          assertEquals(0.5, condense.number("momentum"), name);
          Settings train = grid.knobs().settings(REPERTOIRE.train(), subject);
          assertEquals(
              Map.of(
                  "epochs", "200",
                  "batch", "64",
                  "learning-rate", "0.1",
                  "momentum", "0.9",
                  "weight-decay", "5.0E-4",
                  "warmup-epochs", "10",
                  "weights", ""),
              train.entries(),
              name);
          for (String method : grid.methods()) {
            Card card = Optional.ofNullable(REPERTOIRE.methods().get(method)).orElseThrow();
            assertEquals(64, grid.knobs().settings(card, subject).integer("batch"), name);
          }
        });
  }
}
