package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lethe.data.source.FileHome;
import lethe.ledger.Owner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong: one sentence each, the right exit code, no stack trace. */
class DoorTest {
  @TempDir private Path folder = Path.of("replaced");
  private Path grid = Path.of("replaced");
  private String results = "";

  @BeforeEach
  void write() throws IOException {
    grid = folder.resolve("door.conf");
    results = folder.resolve("results").toString();
    Files.writeString(
        grid,
        """
        name = door
        datasets = [ { id = glyphs, train-per-class = 20, test-per-class = 20 } ]
        networks = [ { id = convnet, width = 8 } ]
        scenarios = [ random-class ]
        methods = [ retraining, cf ]
        seeds = [ 1, 2 ]
        condense.blend.clusters-per-class = 4
        """);
  }

  private Door.Answer ask(String verb, String... more) {
    List<String> words =
        new java.util.ArrayList<>(List.of(verb, grid.toString(), "--results", results));
    words.addAll(List.of(more));
    return Door.call(words.toArray(String[]::new));
  }

  private static void assertSentence(int exit, String part, Door.Answer answer) {
    assertEquals(exit, answer.exit(), answer.err());
    assertTrue(answer.err().contains(part), answer.err());
    assertTrue(answer.err().lines().allMatch(l -> l.startsWith("lethe: ")), answer.err());
    assertFalse(answer.err().contains("\tat "), answer.err());
  }

  @Test
  void help_names_every_verb() {
    Door.Answer answer = Door.call("--help");
    assertEquals(Exit.DONE, answer.exit());
    for (String verb : List.of("run", "plan", "status", "table", "gc", "doctor")) {
      assertTrue(answer.out().contains("  " + verb + " "), answer.out());
      assertEquals(Exit.DONE, Door.call(verb, "--help").exit());
    }
    assertFalse(answer.out().contains("events"), "hidden");
  }

  @Test
  void an_unknown_verb_option_or_file_is_usage() {
    assertSentence(Exit.USAGE, "There is no verb \"rnu\"", Door.call("rnu"));
    assertSentence(Exit.USAGE, "Unknown option", ask("run", "--frob"));
    assertSentence(Exit.USAGE, "There is no experiment file", Door.call("run", "no.conf"));
    assertSentence(Exit.USAGE, "EXPERIMENT", Door.call("run"));
    assertSentence(Exit.USAGE, "One experiment at a time", ask("run", "other.conf"));
  }

  @Test
  void every_wrong_setting_is_told_at_once() {
    Door.Answer answer = ask("run", "methods=[retrainin]", "unlearn.cf.epochs=-1", "train.epoch=3");
    assertSentence(Exit.USAGE, "the nearest is retraining", answer);
    assertSentence(Exit.USAGE, "unlearn.cf.epochs", answer);
    assertSentence(Exit.USAGE, "train.epoch", answer);
    assertFalse(Files.exists(folder.resolve("results")), "nothing was begun");
  }

  @Test
  void more_clusters_than_images_is_a_wrong_setting() {
    assertSentence(
        Exit.USAGE, "20 training images", ask("run", "condense.blend.clusters-per-class=21"));
  }

  @Test
  void a_setting_above_the_one_that_limits_it_is_a_wrong_setting() {
    assertSentence(
        Exit.USAGE,
        "unlearn.pruning.prune-every is 9; it must be at most unlearn.pruning.epochs, which is 5.",
        ask(
            "run",
            "methods=[pruning]",
            "unlearn.pruning.prune-every=9",
            "unlearn.pruning.epochs=5"));
  }

  @Test
  void a_warm_up_is_no_longer_than_the_training() {
    assertSentence(
        Exit.USAGE,
        "unlearn.cf.warmup-epochs is 9; it must be at most unlearn.cf.epochs, which is 8.",
        ask("run", "unlearn.cf.warmup-epochs=9", "unlearn.cf.epochs=8"));
    assertSentence(
        Exit.USAGE,
        "train.warmup-epochs is 10; it must be at most train.epochs, which is 9.",
        ask("run", "train.epochs=9"));
  }

  @Test
  void empty_options_are_usage() {
    assertSentence(Exit.USAGE, "--explain is empty", ask("plan", "--explain", ""));
    assertSentence(
        Exit.USAGE, "--results is empty", Door.call("status", grid.toString(), "--results", ""));
  }

  @Test
  void missing_data_are_the_environments_fault() {
    Door.Answer answer = ask("run", "datasets=[cifar-10]", "data.dir=" + folder.resolve("nothing"));
    assertSentence(
        Exit.ENVIRONMENT,
        "cifar-10-binary.tar.gz (https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz, 170 MB)"
            + " in "
            + folder.resolve("nothing")
            + "; data.fetch = true lets a run fetch what is missing.",
        answer);
    assertFalse(Files.exists(folder.resolve("nothing")), "nothing was fetched");
  }

  @Test
  void missing_data_are_fetched_where_the_machine_allows_it() throws IOException {
    ProxySelector before = ProxySelector.getDefault();
    try (FileHome home = new FileHome("/housenumbers/train_32x32.mat", new byte[] {1, 2, 3})) {
      ProxySelector.setDefault(home.proxy()); // nothing leaves the machine
      Path data = folder.resolve("data");
      Door.Answer answer = ask("run", "datasets=[svhn]", "data.dir=" + data, "data.fetch=true");
      assertSentence(
          Exit.ENVIRONMENT,
          "train_32x32.mat from http://ufldl.stanford.edu/housenumbers/train_32x32.mat has the MD5"
              + " 5289df737df57326fcdd22597afb1fac and must have e26dedcc434d2e4c54c9b2d4a06d8373",
          answer);
      assertEquals(List.of("whole"), home.asked());
      assertFalse(Files.exists(data.resolve("svhn/train_32x32.mat")));
      assertEquals(
          Exit.DONE, ask("plan", "datasets=[svhn]", "data.dir=" + data, "data.fetch=true").exit());
      assertEquals(List.of("whole"), home.asked(), "only a run fetches");
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  @Test
  void a_results_folder_that_cannot_be_made_is_the_environments_fault() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    Door.Answer answer = Door.call("run", grid.toString(), "--results", file.toString());
    assertSentence(Exit.ENVIRONMENT, "cannot be written", answer);
  }

  @Test
  void a_folder_at_work_is_refused_with_its_owner() throws IOException, Owner.Refusal {
    try (Owner owner = Owner.claim(Path.of(results, "door"))) {
      Door.Answer answer = ask("run");
      assertSentence(Exit.ENVIRONMENT, "Another Lethe process", answer);
      assertTrue(
          answer.err().contains(String.valueOf(ProcessHandle.current().pid())), answer.err());
      assertTrue(Files.exists(owner.folder()));
    }
  }

  @Test
  void plan_and_status_answer_before_anything_ran_and_write_nothing() {
    Door.Answer plan = ask("plan");
    assertEquals(Exit.DONE, plan.exit(), plan.err());
    // 2 seeds x (original + 2 methods x 2 recipes) = 10 cells.
    assertTrue(plan.out().contains("door: 10 cells"), plan.out());
    assertTrue(plan.out().contains("cf reduced"), plan.out());
    Door.Answer status = ask("status");
    assertEquals(Exit.DONE, status.exit(), status.err());
    assertTrue(status.out().contains("0 of 10 cells finished"), status.out());
    assertTrue(status.out().contains("never started"), status.out());
    assertFalse(Files.exists(folder.resolve("results")), "nothing is written by looking");
  }

  @Test
  void plan_can_be_looked_at_before_the_data_are_there() {
    Door.Answer answer =
        ask("plan", "datasets=[cifar-10]", "data.dir=" + folder.resolve("nothing"));
    assertEquals(Exit.DONE, answer.exit(), answer.err());
    assertTrue(answer.out().contains("cifar-10 is not there yet"), answer.out());
  }

  @Test
  void several_experiments_share_what_is_equal() throws IOException {
    Path other =
        Files.writeString(
            folder.resolve("other.conf"),
            Files.readString(grid).replace("name = door", "name = other"));
    Door.Answer answer = Door.call("plan", grid.toString(), other.toString(), "--results", results);
    assertEquals(Exit.DONE, answer.exit(), answer.err());
    String last = answer.out().lines().filter(l -> l.startsWith("together")).findFirst().orElse("");
    String stages = last.replaceAll("together: (\\d+) stages.*", "$1");
    assertTrue(last.contains(stages + " of them in more than one"), last);
  }

  @Test
  void a_key_explains_itself() {
    String out = ask("plan", "--explain", "0").out() + ask("plan", "--explain", "1").out();
    String brief =
        out.lines()
            .filter(l -> l.startsWith("  "))
            .map(l -> l.strip().split(" ", -1)[0])
            .findFirst()
            .orElseThrow();
    Door.Answer answer = ask("plan", "--explain", brief);
    assertTrue(answer.out().contains("SHA-256 over these lines:"), answer.out());
    assertTrue(answer.out().contains("  stage.version = "), answer.out());
    assertSentence(Exit.USAGE, "No stage", ask("plan", "--explain", "xyz"));
  }

  @Test
  void the_version_is_that_of_the_build() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    assertTrue(pom.contains("<artifactId>lethe</artifactId>\n  <version>" + Version.LETHE + "<"));
    assertTrue(Door.call("--version").out().startsWith("lethe " + Version.LETHE));
  }
}
