package lethe.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GridReaderTest {
  @TempDir Path folder = Path.of("");

  /** What is wrong with {@code text}; the file's own name is cut from the places. */
  private List<String> problems(String text, String... words) {
    GridException e = assertThrows(GridException.class, () -> Fixtures.grid(folder, text, words));
    return e.problems().stream().map(p -> p.replace(folder + "/", "")).toList();
  }

  private static void assertSays(List<String> problems, String... sentences) {
    assertEquals(Arrays.asList(sentences), problems);
  }

  @Test
  void a_grid_takes_defaults_then_the_file_then_the_words() {
    Grid grid =
        Fixtures.grid(
            folder,
            Fixtures.QUICK + "unlearn.cf { epochs = 5, momentum = 0.50 }",
            "unlearn.cf.epochs=7",
            "seeds=[4]");
    Settings cf = grid.knobs().base().getOrDefault("unlearn.cf", Settings.NONE);
    assertEquals("7", cf.text("epochs"));
    assertEquals("0.5", cf.text("momentum"));
    assertEquals("0.0014", cf.text("weight-decay"));
    assertEquals(List.of(4L), grid.seeds());
    assertEquals(List.of(RetainRecipe.WHOLE, RetainRecipe.REDUCED), grid.recipes());
  }

  @Test
  void an_axis_entry_wins_over_its_block_and_a_word_over_both() {
    String text = Fixtures.QUICK + "network.convnet { width = 16, depth = 2 }\n";
    assertEquals(
        Map.of("width", "32", "depth", "2"),
        Fixtures.grid(folder, text).networks().get(0).settings().entries());
    Spec spec = Fixtures.grid(folder, text, "network.convnet.width=8").networks().get(0);
    assertEquals(Map.of("width", "8", "depth", "2"), spec.settings().entries());
  }

  @Test
  void departures_are_the_settings_that_are_not_the_default() {
    Grid grid = Fixtures.grid(folder, Fixtures.QUICK);
    assertEquals(Map.of("train-per-class", "100"), grid.datasets().get(0).departures());
    assertEquals(Map.of("width", "32"), grid.networks().get(0).departures());
    String plain = Fixtures.QUICK.replace("{ id = convnet, width = 32 }", "convnet");
    assertEquals(new TreeMap<>(), Fixtures.grid(folder, plain).networks().get(0).departures());
  }

  @Test
  void equal_numbers_have_equal_text() {
    for (String written : List.of("0.03", "0.030", "3e-2", "\"0.03\"")) {
      Grid grid = Fixtures.grid(folder, Fixtures.QUICK + "unlearn.cf.learning-rate = " + written);
      assertEquals(
          "0.03",
          grid.knobs().base().getOrDefault("unlearn.cf", Settings.NONE).text("learning-rate"));
    }
    Grid grid = Fixtures.grid(folder, Fixtures.QUICK, "train.epochs=1e2", "train.momentum=-0.0");
    Settings train = grid.knobs().base().getOrDefault("train", Settings.NONE);
    assertEquals("100", train.text("epochs"));
    assertEquals("0.0", train.text("momentum"));
  }

  @Test
  void every_problem_is_told_at_once_with_its_place() {
    assertSays(
        problems(
            """
            name = "a b"
            datasets = [ glyfs ]
            networks = []
            scenarios = [ uniform-0, classes-1-1 ]
            methods = [ cf, cf, scrubb ]
            seeds = [ 1, 1.5, 1 ]
            unlearn.cf { epochs = 1.5, lerning-rate = 1, momentum = much }
            train.epochs = -1
            rounds = 0
            speed = 9
            """,
            "train.batch=0",
            "nonsense",
            "train.epoch=3"),
        "command line: \"nonsense\" is not a setting; write key=value, such as"
            + " unlearn.cf.epochs=5.",
        "command line: Unknown setting train.epoch; the nearest known is train.epochs.",
        "x.conf:10: Unknown setting speed; the nearest known is seeds.",
        "x.conf:7: Unknown setting unlearn.cf.lerning-rate; the nearest known is"
            + " unlearn.cf.learning-rate.",
        "x.conf:8: train.epochs is -1; it must be an integer from 0 to 10000.",
        "command line: train.batch is 0; it must be an integer from 1 to 65536.",
        "x.conf:7: unlearn.cf.epochs is 1.5; it must be an integer from 0 to 10000.",
        "x.conf:7: unlearn.cf.momentum is \"much\"; it must be a number from 0 to below 1.",
        "x.conf:2: datasets[0] is \"glyfs\"; it must be one of glyphs, cifar-10; the nearest is"
            + " glyphs.",
        "x.conf:3: networks is empty; it must list at least one.",
        "x.conf:1: name is \"a b\"; it must be a folder's name of at most 100 letters, digits,"
            + " dots, dashes and underscores, beginning with a letter or digit, and not"
            + " \"store\".",
        "x.conf:4: scenarios[0] is \"uniform-0\"; it must be random-class, uniform-PERCENT with a"
            + " percent above 0 and below 100, classes-N-N-N with distinct numbers, none, or { id ="
            + " file-NAME, path = \"FILE\" }; the nearest is uniform-10.",
        "x.conf:4: scenarios[1] is \"classes-1-1\"; it must be random-class, uniform-PERCENT with a"
            + " percent above 0 and below 100, classes-N-N-N with distinct numbers, none, or { id ="
            + " file-NAME, path = \"FILE\" }; the nearest is classes-1-2-3.",
        "x.conf:9: rounds is 0; it must be an integer from 1 to 100.",
        "x.conf:5: methods lists cf twice.",
        "x.conf:5: methods[2] is \"scrubb\"; it must be one of retraining, cf, a-cf; the nearest is"
            + " cf.",
        "x.conf:6: seeds[1] is 1.5; it must be an integer from -9223372036854775808 to"
            + " 9223372036854775807.",
        "x.conf:6: seeds lists 1 twice.");
  }

  @Test
  void a_name_without_its_dash_or_in_capitals_is_found() {
    for (String word : List.of("acf", "A-CF", "a_cf", "ACF")) {
      assertSays(
          problems(Fixtures.QUICK, "methods=[" + word + "]"),
          "command line: methods[0] is \"%s\"; it must be one of retraining, cf, a-cf; the nearest is a-cf."
              .formatted(word));
    }
  }

  @Test
  void axes_and_the_name_must_be_there() {
    assertSays(
        problems("seeds = 3"),
        "datasets is missing; an experiment must list at least one.",
        "networks is missing; an experiment must list at least one.",
        "x.conf: name is missing; it names the experiment and its folder of results.",
        "scenarios is missing; an experiment must list at least one.",
        "methods is missing; an experiment must list at least one.",
        "x.conf:1: seeds is 3; it must be a list in brackets.");
  }

  @Test
  void settings_nobody_reads_are_problems() {
    assertSays(
        problems(
            Fixtures.QUICK.replace("retraining, cf, a-cf", "a-cf")
                + "unlearn.cf { epochs = 5, batch = 3 }\nnetwork.convnet.depth = 2\n"
                + "dataset.cifar-10.train-per-class = 9"),
        "x.conf:10: Nobody reads dataset.cifar-10.train-per-class: cifar-10 is not among datasets.",
        "x.conf:8: Nobody reads unlearn.cf.batch, unlearn.cf.epochs: cf is not among methods.");
    assertSays(
        problems(Fixtures.QUICK + "recipes = [ whole ]\npartition.tolerance = 1"),
        "x.conf:7: Nobody reads condense.blend.clusters-per-class: no recipe clusters.",
        "x.conf:9: Nobody reads partition.tolerance: no recipe clusters.");
  }

  @Test
  void narrowing_an_axis_on_the_command_line_makes_no_setting_of_the_file_a_mistake() {
    String text =
        Fixtures.QUICK
            + "unlearn.cf.epochs = 5\n"
            + "overrides = [ { when { recipe = reduced }, set { unlearn.cf.epochs = 6 } } ]";
    Grid grid = Fixtures.grid(folder, text, "methods=[a-cf]", "recipes=[whole]");
    assertEquals(List.of("a-cf"), grid.methods());
    assertEquals(List.of(), grid.knobs().rules());
    assertSays(
        problems(text, "methods=[a-cf]", "unlearn.cf.epochs=6"),
        "command line: Nobody reads unlearn.cf.epochs: cf is not among methods.");
  }

  @Test
  void more_clusters_than_images_are_a_problem() {
    assertSays(
        problems(Fixtures.QUICK, "condense.blend.clusters-per-class=101"),
        "command line: condense.blend.clusters-per-class is 101, but glyphs has only 100 training"
            + " images a class (train-per-class); it must be an integer from 1 to 100.");
    assertEquals(
        100,
        Fixtures.plan(folder, Fixtures.QUICK, "condense.blend.clusters-per-class=100")
            .cells()
            .stream()
            .flatMap(c -> c.imagesPerClass().stream())
            .findFirst()
            .orElseThrow());
    // without a reduced recipe nobody clusters
    String whole = Fixtures.QUICK.replaceAll("condense.*", "recipes = [ whole ]");
    assertEquals(1, Fixtures.grid(folder, whole).recipes().size());
    // all images of cifar-10: how many there are is not known here
    Fixtures.grid(
        folder, Fixtures.QUICK.replace("{ id = glyphs, train-per-class = 100 }", "cifar-10"));
  }

  @Test
  void entries_of_axes_are_checked() {
    assertSays(
        problems(
            Fixtures.QUICK
                .replace("width = 32", "widht = 32, depth = 9")
                .replace("{ id = glyphs", "{ name = glyphs")),
        "x.conf:2: datasets[0] has no id; it must be one of glyphs, cifar-10.",
        "x.conf:3: Unknown setting networks[0].widht; the nearest known is networks[0].width.",
        "x.conf:3: networks[0].depth is 9; it must be an integer from 1 to 4.");
  }

  @Test
  void an_axis_holds_each_entry_once() {
    String twice = "[ convnet, { id = convnet, width = 128 } ]";
    assertSays(
        problems(Fixtures.QUICK.replace("[ { id = convnet, width = 32 } ]", twice)),
        "x.conf:3: networks lists convnet twice with equal settings.");
    String widths = "[ convnet, { id = convnet, width = 64 } ]";
    assertEquals(
        2,
        Fixtures.grid(folder, Fixtures.QUICK.replace("[ { id = convnet, width = 32 } ]", widths))
            .networks()
            .size());
    String sizes = "[ glyphs, { id = glyphs, train-per-class = 100 } ]";
    assertSays(
        problems(Fixtures.QUICK.replace("[ { id = glyphs, train-per-class = 100 } ]", sizes)),
        "x.conf:2: datasets lists glyphs with different settings; an experiment takes each dataset"
            + " once.");
    assertSays(
        problems(Fixtures.QUICK.replace("uniform-10 ]", "uniform-10, uniform-10.0 ]")),
        "x.conf:4: scenarios lists uniform-10 twice.");
    assertSays(
        problems(Fixtures.QUICK, "methods=[original, cf]"),
        "command line: methods[0] is \"original\"; every grid has it already, so leave it out.");
  }

  @Test
  void settings_of_the_machine_stay_out_of_experiments_but_not_of_the_command_line() {
    assertSays(
        problems(Fixtures.QUICK + "device = cpu\ndata.dir = x"),
        "x.conf:9: data belongs to the machine: write it in application.conf or on the command"
            + " line.",
        "x.conf:8: device belongs to the machine: write it in application.conf or on the command"
            + " line.");
    Fixtures.grid(folder, Fixtures.QUICK, "device=cpu", "data.dir=/a:b");
  }

  @Test
  void a_block_is_not_a_value_and_a_value_no_block() {
    assertSays(
        problems(
            Fixtures.QUICK + "train = 5\nunlearn.cf.epochs { a = 1 }\nunlearn.cf.batch = null"),
        "x.conf:8: train is 5; it must be a block of settings in braces.",
        "x.conf:9: unlearn.cf.epochs is {\"a\":1}; it must be an integer from 0 to 10000.",
        "x.conf:10: unlearn.cf.batch is null; it must be an integer from 1 to 65536.");
  }

  @Test
  void words_keep_their_origin_and_may_refer_to_the_environment() {
    List<String> problems =
        problems(Fixtures.QUICK, "epochs.cf=3", "train.epochs=${PATH}", "seeds=${NO_SUCH_NAME}");
    assertSays(
        problems.stream().map(p -> p.replaceFirst("is \".*;", "is a path;")).toList(),
        "command line: \"seeds=${NO_SUCH_NAME}\" refers to something that no variable of the"
            + " environment is called.",
        "command line: Unknown setting epochs; the nearest known is train.epochs.",
        "command line: train.epochs is a path; it must be an integer from 0 to 10000.");
  }

  @Test
  void open_ends_of_ranges_are_said_in_words() {
    assertSays(
        problems(
            Fixtures.QUICK,
            "train.learning-rate=0",
            "train.momentum=1",
            "condense.blend.learning-rate=-1",
            "train.weight-decay=1e999",
            "split.unseen-fraction=NaN"),
        "command line: split.unseen-fraction is \"NaN\"; it must be a number from 0.001 to 0.999.",
        "command line: train.learning-rate is 0; it must be a number above 0 and at most 1000.",
        "command line: train.momentum is 1; it must be a number from 0 to below 1.",
        "command line: train.weight-decay is Infinity; it must be a number from 0 to 1.",
        "command line: condense.blend.learning-rate is -1; it must be a number of at least 0.");
  }

  @Test
  void a_misspelt_block_or_place_is_named_with_the_nearest() {
    assertSays(
        problems(Fixtures.QUICK + "unlearn.cff { epochs = 1, batch = 2 }\nepochs = 3"),
        "x.conf:9: Unknown setting epochs; the nearest known is train.epochs.",
        "x.conf:8: Unknown setting unlearn.cff; the nearest known is unlearn.cf.");
  }

  @Test
  void a_file_that_is_no_experiment_says_why() {
    assertSays(
        problems("name = [\n"),
        "x.conf:2: This is not HOCON: List should have ] or a first element after the open [, instead had"
            + " token: end of file (if you want end of file to be part of a string value, then"
            + " double-quote it)");
    GridException missing =
        assertThrows(
            GridException.class,
            () -> GridReader.read(folder.resolve("no.conf"), List.of("="), Fixtures.REPERTOIRE));
    assertEquals(
        List.of(
            "command line: \"=\" is not a setting; write key=value, such as unlearn.cf.epochs=5.",
            folder.resolve("no.conf") + " does not exist."),
        missing.problems());
    GridException directory =
        assertThrows(
            GridException.class, () -> GridReader.read(folder, List.of(), Fixtures.REPERTOIRE));
    assertEquals(List.of(folder + " cannot be read as a file."), directory.problems());
    assertSays(
        problems(Fixtures.QUICK + "train.epochs = ${nothing}"),
        "x.conf:8: This is not HOCON: Could not resolve substitution to a value: ${nothing}");
  }

  @Test
  void a_file_may_refer_to_defaults_and_to_itself() {
    Grid grid =
        Fixtures.grid(
            folder,
            Fixtures.QUICK
                + "unlearn.cf.epochs = ${unlearn.retraining.epochs}\nx = 1".replace("\nx = 1", ""));
    assertEquals(
        Optional.of("100"),
        Optional.ofNullable(grid.knobs().base().get("unlearn.cf")).map(s -> s.text("epochs")));
  }

  @Test
  void an_include_that_is_not_there_is_refused_with_its_line() {
    Fixtures.file(folder, "part.conf", "include \"parrt.conf\"\n");
    assertSays(
        problems(Fixtures.QUICK + "\ninclude \"prat.conf\""),
        "x.conf:9: It includes \"prat.conf\", but there is no file prat.conf.");
    assertSays(
        problems(Fixtures.QUICK + "include file(\"" + folder + "/prat.conf\")"),
        "x.conf:8: It includes \"prat.conf\", but there is no file prat.conf.");
    assertSays(
        problems("# include\ninclude \"part.conf\"\n" + Fixtures.QUICK),
        "part.conf:1: It includes \"parrt.conf\", but there is no file parrt.conf.");
    assertSays(
        problems("include \"part\"\n" + Fixtures.QUICK),
        "part.conf:1: It includes \"parrt.conf\", but there is no file parrt.conf.");
  }

  @Test
  void a_file_may_include_others() {
    Fixtures.file(folder, "part.conf", "include \"inner\"\ntrain.batch = 3\n");
    Fixtures.file(folder, "inner.conf", "train.epochs = 3\n");
    Grid grid = Fixtures.grid(folder, "include \"part.conf\"\n" + Fixtures.QUICK);
    Settings train = grid.knobs().base().getOrDefault("train", Settings.NONE);
    assertEquals("3 and 3", train.text("epochs") + " and " + train.text("batch"));
  }

  /** The current folder is the checkout, so what is included must be of its files. */
  @Test
  void a_bare_file_name_includes_from_its_own_folder() throws IOException {
    Path bare = Path.of("bare-name-" + ProcessHandle.current().pid() + ".conf");
    String part = folder.resolve("part.conf").toString();
    Fixtures.file(folder, "part.conf", "train.epochs = 3\n");
    Path link = Path.of("bare-part-" + ProcessHandle.current().pid() + ".conf");
    try {
      Files.createSymbolicLink(link, Path.of(part));
      Files.writeString(bare, "include \"" + link + "\"\n" + Fixtures.QUICK);
      Grid grid = GridReader.read(bare, List.of(), Fixtures.REPERTOIRE);
      assertEquals("3", grid.knobs().base().getOrDefault("train", Settings.NONE).text("epochs"));
    } finally {
      Files.deleteIfExists(link);
      Files.deleteIfExists(bare);
    }
  }
}
