package lethe.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
  @TempDir Path folder = Path.of("");

  private static Map<StageKind, Long> counts(Plan plan) {
    return plan.stages().values().stream()
        .collect(Collectors.groupingBy(Stage::kind, TreeMap::new, Collectors.counting()));
  }

  private static Stage one(Plan plan, StageKind kind) {
    return plan.stages().values().stream().filter(s -> s.kind() == kind).findFirst().orElseThrow();
  }

  /** Labels of the stages of {@code left} whose keys {@code right} lacks. */
  private static Set<String> lost(Plan left, Plan right) {
    return left.stages().values().stream()
        .filter(s -> !right.stages().containsKey(s.key()))
        .map(s -> s.kind().id() + " " + s.subject().label())
        .collect(Collectors.toSet());
  }

  @Test
  void a_micro_batch_is_in_the_keys_of_the_stages_that_it_splits() {
    MemoryModel model =
        new MemoryModel() {
          @Override
          public int microBatch(Spec network, Settings settings, long budget) {
            return settings.has("companions") && budget < 100 ? 8 : 0;
          }

          @Override
          public long peak(Stage stage, int microBatch) {
            return 0;
          }

          @Override
          public int smallerPasses(Stage stage) {
            return 0;
          }
        };
    Grid grid = Fixtures.grid(folder, Fixtures.QUICK);
    Plan roomy = Plan.of(grid, environment(100), Fixtures.REPERTOIRE.with(model));
    Plan tight = Plan.of(grid, environment(99), Fixtures.REPERTOIRE.with(model));
    assertEquals(Fixtures.plan(folder, Fixtures.QUICK).digest(), roomy.digest());
    for (Stage stage : tight.stages().values()) {
      boolean split =
          stage.kind() == StageKind.UNLEARNED
              && stage.subject().method().filter("a-cf"::equals).isPresent();
      assertEquals(split ? 8 : 0, stage.microBatch(), stage.subject().label());
    }
    assertTrue(lost(tight, roomy).stream().noneMatch(name -> name.contains("/cf/")));
  }

  @Test
  void a_family_that_ran_out_of_memory_gets_other_keys_and_so_do_its_users() {
    Grid grid = Fixtures.grid(folder, Fixtures.QUICK);
    Environment environment = Fixtures.environment(1, 0);
    Plan first = Plan.of(grid, environment, Fixtures.REPERTOIRE);
    String family =
        first.stages().values().stream()
            .map(stage -> Family.of(stage).label())
            .filter(label -> label.matches("unlearned glyphs.*/convnet.*/whole/cf"))
            .findFirst()
            .orElseThrow();
    Plan later =
        Plan.of(grid, environment.with(new TreeMap<>(Map.of(family, 32))), Fixtures.REPERTOIRE);
    List<Stage> changed =
        later.stages().values().stream()
            .filter(stage -> !first.stages().containsKey(stage.key()))
            .toList();
    for (Stage stage : changed) {
      boolean itself = stage.kind() == StageKind.UNLEARNED;
      assertEquals(itself, stage.hasSmallerPasses());
      assertEquals(itself ? 32 : 0, stage.microBatch());
      assertTrue(stage.subject().label().contains("/whole/cf/"), stage.subject().label());
    }
    // 2 scenarios x 2 seeds, each with weights, logits, scores and distances
    assertEquals(16, changed.size());
  }

  private static Environment environment(long memory) {
    Environment plain = Fixtures.environment(1, 0);
    return new Environment(
        plain.engine(),
        plain.deviceClass(),
        plain.precision(),
        plain.engineThreads(),
        plain.microBatch(),
        memory,
        plain.passes(),
        plain.dataDigests());
  }

  @Test
  void equal_work_is_one_stage() {
    // 2 seeds; each: 2 splits, 1 original, 1 clustering of its features, 2 parts and prototypes;
    // 3 methods x 2 recipes x 2 scenarios = 12 unlearned; 13 logits with the original's;
    // scores of 12 cells and of the original in 2 scenarios = 14, all but Retraining on the whole
    // retain set with distances to it = 12
    Plan plan = Fixtures.plan(folder, Fixtures.QUICK);
    assertEquals(
        Map.of(
            StageKind.SPLIT, 4L,
            StageKind.ORIGINAL, 2L,
            StageKind.FEATURES, 2L,
            StageKind.CLUSTERS, 2L,
            StageKind.PARTS, 4L,
            StageKind.PROTOTYPES, 4L,
            StageKind.UNLEARNED, 24L,
            StageKind.LOGITS, 26L,
            StageKind.SCORES, 28L,
            StageKind.DISTANCES, 24L),
        counts(plan));
    assertEquals(28, plan.cells().size());
  }

  @Test
  void the_order_of_the_axes_changes_no_key() {
    String reversed =
        Fixtures.QUICK
            .replace("random-class, uniform-10", "uniform-10.0, random-class")
            .replace("retraining, cf, a-cf", "a-cf, cf, retraining")
            .replace("1, 2", "2, 1");
    Plan there = Fixtures.plan(folder, Fixtures.QUICK);
    Plan back = Fixtures.plan(folder, reversed + "recipes = [ reduced, whole ]");
    assertEquals(there.stages(), back.stages());
    assertEquals(new HashSet<>(there.cells()), new HashSet<>(back.cells()));
    assertEquals(there.digest(), back.digest());
    assertNotEquals(List.copyOf(there.stages().keySet()), List.copyOf(back.stages().keySet()));
  }

  @Test
  void inputs_stand_before_users_and_the_first_seed_before_the_second() {
    Plan plan = Fixtures.plan(folder, Fixtures.QUICK);
    Set<StageKey> seen = new HashSet<>();
    long seed = 1;
    for (Stage stage : plan.stages().values()) {
      assertTrue(seen.containsAll(stage.inputs().values()));
      assertTrue(stage.subject().seed() >= seed);
      seed = stage.subject().seed();
      seen.add(stage.key());
    }
  }

  @Test
  void a_cell_needs_its_ancestors_and_nothing_else() {
    Plan plan = Fixtures.plan(folder, Fixtures.QUICK);
    Map<String, List<String>> kinds = new TreeMap<>();
    for (Cell cell : plan.cells()) {
      kinds.put(
          cell.method() + " " + cell.recipe().id(),
          plan.stagesOf(cell).stream().map(k -> plan.stage(k).kind().id()).sorted().toList());
    }
    assertEquals(
        List.of("distances", "logits", "original", "scores", "split"), kinds.get("original whole"));
    assertEquals(List.of("logits", "scores", "split", "unlearned"), kinds.get("retraining whole"));
    assertEquals(
        List.of("distances", "logits", "original", "scores", "split", "unlearned"),
        kinds.get("cf whole"));
    assertEquals(
        List.of(
            "clusters",
            "distances",
            "features",
            "logits",
            "original",
            "parts",
            "prototypes",
            "scores",
            "split",
            "unlearned"),
        kinds.get("a-cf reduced"));
    assertEquals(7 + 2, Optional.ofNullable(kinds.get("retraining reduced")).orElseThrow().size());
  }

  private static Cell cell(Plan plan, String label) {
    return plan.cells().stream().filter(c -> c.label().equals(label)).findFirst().orElseThrow();
  }

  private static Stage scores(Plan plan, String label) {
    return plan.stage(plan.scoresOf(cell(plan, label)));
  }

  @Test
  void every_row_is_compared_with_retraining_on_the_whole_retain_set() {
    Plan plan = Fixtures.plan(folder, Fixtures.QUICK);
    String place = "glyphs/convnet/uniform-10/";
    Stage reference = scores(plan, place + "retraining/whole/seed-2");
    for (String row :
        List.of("original/whole", "retraining/reduced/blend-20", "cf/whole", "a-cf/whole")) {
      String label = place + row + "/seed-2";
      Stage distances = plan.stage(plan.distancesOf(cell(plan, label)).orElseThrow());
      assertEquals(StageKind.DISTANCES, distances.kind());
      assertEquals(scores(plan, label).input("logits"), distances.input("logits"));
      assertEquals(reference.input("logits"), distances.input(Stage.REFERENCE));
      assertEquals(reference.input("split"), distances.input("split"));
    }
    assertEquals(Optional.empty(), plan.distancesOf(cell(plan, place + "retraining/whole/seed-2")));
  }

  @Test
  void without_its_reference_no_row_is_compared() {
    for (String lacking : List.of("methods=[cf]", "recipes=[reduced]")) {
      Plan plan = Fixtures.plan(folder, Fixtures.QUICK, lacking);
      assertFalse(counts(plan).containsKey(StageKind.DISTANCES), lacking);
      assertEquals(Set.of(), lost(plan, Fixtures.plan(folder, Fixtures.QUICK)));
    }
  }

  @Test
  void users_are_the_stages_that_read_an_artifact() {
    Plan plan = Fixtures.plan(folder, Fixtures.QUICK);
    Stage original = one(plan, StageKind.ORIGINAL);
    // its logits, and cf and a-cf x 2 recipes x 2 scenarios
    assertEquals(9, plan.usersOf(original.key()).size());
    assertEquals(Set.of(), plan.usersOf(plan.scoresOf(plan.cells().get(0))));
  }

  @Test
  void the_cell_of_a_recipe_that_condenses_names_its_condenser() {
    Plan plan = Fixtures.plan(folder, Fixtures.QUICK);
    for (Cell cell : plan.cells()) {
      boolean reduced = cell.recipe() == RetainRecipe.REDUCED;
      assertEquals(
          reduced ? Optional.of("blend") : Optional.empty(), cell.condenser().map(Spec::id));
      assertEquals(reduced ? Optional.of(20) : Optional.empty(), cell.imagesPerClass());
    }
    assertEquals("glyphs/convnet/random-class/original/whole/seed-1", plan.cells().get(0).label());
  }

  @Test
  void whole_recipes_alone_need_no_clusters() {
    String whole = Fixtures.QUICK.replaceAll("condense.*", "recipes = [ whole ]");
    assertEquals(
        Set.of(
            StageKind.SPLIT,
            StageKind.ORIGINAL,
            StageKind.UNLEARNED,
            StageKind.LOGITS,
            StageKind.SCORES,
            StageKind.DISTANCES),
        counts(Fixtures.plan(folder, whole)).keySet());
  }

  @Test
  void a_grown_grid_keeps_every_stage() {
    String small = Fixtures.QUICK.replace("cf, a-cf", "cf").replace("1, 2", "2");
    assertEquals(
        Set.of(), lost(Fixtures.plan(folder, small), Fixtures.plan(folder, Fixtures.QUICK)));
  }

  @Test
  void a_setting_of_one_method_changes_what_follows_from_it_alone() {
    Plan plan = Fixtures.plan(folder, Fixtures.QUICK);
    Plan other = Fixtures.plan(folder, Fixtures.QUICK, "unlearn.cf.epochs=49");
    Set<String> lost = lost(plan, other);
    assertEquals(2 * 2 * 2 * 4, lost.size()); // seeds, scenarios, recipes; 4 stages each
    assertTrue(lost.stream().allMatch(label -> label.contains("/cf/")), lost.toString());
  }

  @Test
  void a_setting_of_retraining_changes_nothing_of_other_rows_but_their_distances() {
    Plan plan = Fixtures.plan(folder, Fixtures.QUICK);
    Plan other = Fixtures.plan(folder, Fixtures.QUICK, "unlearn.retraining.epochs=49");
    assertTrue(
        lost(plan, other).stream()
            .filter(label -> !label.contains("/retraining/"))
            .allMatch(label -> label.startsWith("distances ")));
    assertEquals(24, lost(plan, other).stream().filter(l -> l.startsWith("distances ")).count());
  }

  @Test
  void an_override_changes_the_keys_of_its_cells_alone() {
    Plan plan = Fixtures.plan(folder, Fixtures.QUICK);
    String rule =
        "overrides = [ { when { recipe = reduced, scenario = uniform-10 },"
            + " set { unlearn.cf.epochs = 49 } } ]";
    Set<String> lost = lost(plan, Fixtures.plan(folder, Fixtures.QUICK + rule));
    assertEquals(
        IntStream.of(1, 2)
            .mapToObj(seed -> " glyphs/convnet/uniform-10/reduced/blend/cf/seed-" + seed)
            .flatMap(l -> Stream.of("unlearned", "logits", "scores", "distances").map(k -> k + l))
            .collect(Collectors.toSet()),
        lost);
  }

  @Test
  void condensing_otherwise_leaves_the_whole_recipes_alone() {
    Plan plan = Fixtures.plan(folder, Fixtures.QUICK);
    Set<String> lost =
        lost(plan, Fixtures.plan(folder, Fixtures.QUICK, "condense.blend.iterations=3"));
    assertTrue(lost.contains("prototypes glyphs/random-class/blend/seed-1"), lost.toString());
    assertFalse(lost.stream().anyMatch(l -> l.contains("whole") || l.startsWith("clusters")));
    Set<String> more =
        lost(plan, Fixtures.plan(folder, Fixtures.QUICK, "condense.blend.clusters-per-class=10"));
    assertTrue(more.contains("clusters glyphs/seed-1"));
    assertFalse(more.contains("features glyphs/seed-1"));
  }

  @Test
  void settings_of_the_machine_change_no_key_unless_they_change_sums() {
    Grid grid = Fixtures.grid(folder, Fixtures.QUICK);
    Plan plan = Plan.of(grid, Fixtures.environment(2, 0), Fixtures.REPERTOIRE);
    Grid elsewhere =
        Fixtures.grid(
            folder, Fixtures.QUICK, "cpu-threads=7", "quiet-timing=off", "results.dir=/r");
    assertEquals(grid, elsewhere);
    Set<String> threads =
        lost(plan, Plan.of(grid, Fixtures.environment(1, 0), Fixtures.REPERTOIRE));
    assertTrue(threads.contains("original glyphs/convnet/seed-1"));
    assertFalse(threads.contains("split glyphs/random-class/seed-1"));
    assertFalse(
        lost(plan, Plan.of(grid, Fixtures.environment(2, 64), Fixtures.REPERTOIRE)).isEmpty());
  }

  @Test
  void ingredients_explain_the_key() {
    Plan plan = Fixtures.plan(folder, Fixtures.QUICK);
    Stage original = one(plan, StageKind.ORIGINAL);
    Map<String, String> expected = new TreeMap<>();
    expected.put("card.train", "1");
    expected.put("dataset", "glyphs");
    expected.put("dataset.digest", "11");
    expected.put("dataset.settings.test-per-class", "200");
    expected.put("dataset.settings.train-per-class", "100");
    expected.put("dataset.version", "1");
    expected.put("device-class", "cpu-test");
    expected.put("engine", "pytorch-0");
    expected.put("engine-threads", "1");
    expected.put("micro-batch", "0");
    expected.put("network", "convnet");
    expected.put("network.settings.depth", "3");
    expected.put("network.settings.width", "32");
    expected.put("network.version", "1");
    expected.put("precision", "fp32");
    expected.put("seed", "1");
    expected.put("settings.batch", "64");
    expected.put("settings.epochs", "200");
    expected.put("settings.learning-rate", "0.1");
    expected.put("settings.momentum", "0.9");
    expected.put("settings.warmup-epochs", "10");
    expected.put("settings.weight-decay", "5.0E-4");
    expected.put("stage", "original");
    expected.put("stage.version", "1");
    assertEquals(expected, original.ingredients());
    assertEquals(StageKey.of(original.ingredients()), original.key());

    Stage clusters = one(plan, StageKind.CLUSTERS);
    assertEquals(
        Set.of(
            "clusters-per-class",
            "embedder-depth",
            "embedder-width",
            "max-iterations",
            "tolerance"),
        clusters.settings().entries().keySet());
    assertEquals(Set.of("features"), clusters.inputs().keySet());
    assertTrue(clusters.ingredients().containsKey("engine"));
    assertFalse(clusters.ingredients().containsKey("engine-threads"));

    Stage prototypes = one(plan, StageKind.PROTOTYPES);
    assertEquals(Set.of("clusters", "parts"), prototypes.inputs().keySet());
    assertTrue(prototypes.settings().has("embedder-width"));
    assertEquals(Set.of("clusters", "split"), one(plan, StageKind.PARTS).inputs().keySet());
    assertEquals(Set.of("weights"), one(plan, StageKind.LOGITS).inputs().keySet());
    assertEquals(Set.of("logits", "split"), one(plan, StageKind.SCORES).inputs().keySet());
    Stage split = one(plan, StageKind.SPLIT);
    assertEquals("random-class", split.ingredients().get("scenario"));
    assertEquals("0", split.ingredients().get("round"));
    assertFalse(split.ingredients().containsKey("engine"));
  }

  @Test
  void a_rendered_grid_reads_back_to_an_equal_one() {
    String rules =
        """
        unlearn.cf.epochs = 3
        overrides = [
          { when { recipe = reduced, scenario = uniform-10 }, set { unlearn.cf.momentum = 0.25 } }
          { when { method = a-cf }, set { unlearn.a-cf.mmd-weight = 1e-9 } }
          { when { dataset = glyphs }, set { condense.blend.iterations = 4 } }
        ]
        """;
    for (String[] words :
        List.of(
            new String[] {},
            new String[] {"methods=[cf]", "seeds=[-5]", "train.learning-rate=1e-7"},
            new String[] {"recipes=[whole]", "scenarios=[classes-3-1, uniform-2.50]"},
            new String[] {
              "datasets=[cifar-10]", "networks=[resnet-18]", "unlearn.cf.momentum=0"
            })) {
      Grid grid;
      try {
        grid = Fixtures.grid(folder, Fixtures.QUICK + rules, words);
      } catch (GridException e) {
        throw new AssertionError(String.join(" ", words), e);
      }
      Path again = Fixtures.file(folder, "experiment.conf", grid.render());
      Grid read = GridReader.read(again, List.of(), Fixtures.REPERTOIRE);
      assertEquals(grid, read);
      assertEquals(
          Plan.of(grid, Fixtures.environment(1, 0), Fixtures.REPERTOIRE).stages(),
          Plan.of(read, Fixtures.environment(1, 0), Fixtures.REPERTOIRE).stages());
    }
  }

  @Test
  void a_large_grid_is_planned_whole() {
    String seeds =
        IntStream.range(0, 40).mapToObj(String::valueOf).collect(Collectors.joining(","));
    String scenarios =
        IntStream.range(1, 13).mapToObj(p -> "uniform-" + p).collect(Collectors.joining(","));
    Plan plan =
        Fixtures.plan(
            folder, Fixtures.QUICK, "seeds=[" + seeds + "]", "scenarios=[" + scenarios + "]");
    assertEquals(40 * 12 * 7, plan.cells().size());
    // a seed: 12 x (split, parts, prototypes, original's scores, 6 x 3, 6 distances) + original,
    // logits, features, clusters
    assertEquals(40 * (12 * 28 + 4), plan.stages().size());
    assertEquals(64, plan.digest().length());
  }

  @Test
  void asking_for_what_is_not_there_says_so() {
    Plan plan = Fixtures.plan(folder, Fixtures.QUICK);
    Plan other = Fixtures.plan(folder, Fixtures.QUICK, "seeds=[9]");
    List<String> said = new ArrayList<>();
    said.add(
        assertThrows(IllegalArgumentException.class, () -> plan.scoresOf(other.cells().get(0)))
            .getMessage());
    Environment bare = new Environment("e", "d", "fp32", 1, 0, 0, new TreeMap<>(), new TreeMap<>());
    said.add(
        assertThrows(
                IllegalArgumentException.class,
                () -> Plan.of(Fixtures.grid(folder, Fixtures.QUICK), bare, Fixtures.REPERTOIRE))
            .getMessage());
    assertEquals(
        List.of(
            "This plan has no cell glyphs/convnet/random-class/original/whole/seed-9",
            "The environment has no digest of the images of glyphs"),
        said);
  }
}
