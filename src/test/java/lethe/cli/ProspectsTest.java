package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import lethe.plan.Environment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan foresees, and what a run says before it starts. */
class ProspectsTest {
  private static final int RECORD = 3_073; // bytes: a label and an image

  @TempDir private Path folder = Path.of("replaced");

  private Path grid(String file, String name, String scenarios, String more) throws IOException {
    return Files.writeString(
        folder.resolve(file),
        """
        name = %s
        datasets = [ { id = glyphs, train-per-class = 12, test-per-class = 12 } ]
        networks = [ { id = convnet, width = 4 } ]
        scenarios = [ %s ]
        methods = [ retraining, cf ]
        recipes = [ whole ]
        seeds = [ 1, 2 ]
        %s
        """
            .formatted(name, scenarios, more));
  }

  private Door.Answer plan(Path... grids) {
    return ask("plan", List.of(grids));
  }

  private Door.Answer ask(String verb, List<Path> grids, String... words) {
    List<String> all = new ArrayList<>(List.of(verb, "--results", folder.resolve("r").toString()));
    grids.forEach(grid -> all.add(grid.toString()));
    all.addAll(List.of(words));
    return Door.call(all.toArray(String[]::new));
  }

  private Path batches() throws IOException {
    Path data = Files.createDirectories(folder.resolve("data/cifar-10-batches-bin"));
    byte[] records = new byte[20 * RECORD];
    for (int i = 0; i < 20; i++) {
      records[i * RECORD] = (byte) (i % 10);
    }
    Files.write(data.resolve("data_batch_1.bin"), records);
    Files.write(data.resolve("test_batch.bin"), records);
    return data;
  }

  private Path ofBatches(String scenarios) throws IOException {
    Path grid = grid("batches.conf", "batches", scenarios, "");
    String text = Files.readString(grid).replaceAll("datasets = .*", "datasets = [ cifar-10 ]");
    return Files.writeString(grid, text);
  }

  @Test
  void a_plan_refuses_what_a_run_refuses() throws IOException {
    Path grid = grid("x.conf", "x", "classes-1-99, uniform-0.1", "");
    Door.Answer plan = plan(grid);
    assertEquals(Exit.USAGE, plan.exit());
    assertEquals(2, plan.err().lines().count(), plan.err());
    assertEquals(ask("run", List.of(grid)).err(), plan.err());
  }

  @Test
  void a_list_of_which_a_seed_draws_nothing_is_refused() throws IOException {
    batches();
    Files.writeString(folder.resolve("mine.txt"), "0\n");
    String mine = "{ id = file-mine, path = mine.txt }";
    Path grid = ofBatches(mine);
    String seeds = "seeds=" + IntStream.range(0, 40).boxed().toList();
    Door.Answer answer =
        ask(
            "run",
            List.of(grid),
            "data.dir=" + folder.resolve("data"),
            "dataset.cifar-10.train-per-class=1",
            seeds);
    assertEquals(Exit.USAGE, answer.exit(), answer.err());
    // Class 0 has the images 0 and 10, of which each seed draws one.
    long none = answer.err().lines().count();
    assertTrue(none > 8 && none < 32, none + " of 40 draw no image 0");
    assertTrue(
        answer.err().lines().allMatch(l -> l.contains("forgets 0 of the 10 training images that")),
        answer.err());
  }

  @Test
  void damaged_data_are_told_as_such() throws IOException {
    Path damaged = batches().resolve("data_batch_1.bin");
    Files.write(damaged, new byte[7]);
    Door.Answer plan =
        ask("plan", List.of(ofBatches("random-class")), "data.dir=" + folder.resolve("data"));
    assertEquals(Exit.DONE, plan.exit());
    assertEquals(
        "lethe: " + damaged + " is cut: the record at byte 0 has 7 of 3,073 bytes.\n", plan.err());
  }

  @Test
  void problems_of_several_files_name_their_file() throws IOException {
    Path one = grid("one.conf", "one", "random-class", "train.epochs = -1");
    Path two = Files.writeString(folder.resolve("two.conf"), "name = two");
    Path three = grid("three.conf", "three", "classes-99", "");
    Door.Answer plan = plan(one, two, three, folder.resolve("none.conf"));
    assertEquals(Exit.USAGE, plan.exit());
    for (String sentence :
        List.of(
            one + ":8: train.epochs is -1",
            two + ": methods is missing",
            three + ": scenarios: classes-99 names class 99",
            "There is no experiment file " + folder.resolve("none.conf"))) {
      assertTrue(plan.err().contains("lethe: " + sentence), plan.err());
    }
  }

  @Test
  void one_name_for_two_grids_is_said() throws IOException {
    Path one = grid("one.conf", "same", "random-class", "");
    Path two = grid("two.conf", "same", "random-class", "train.epochs = 20");
    assertEquals(
        "lethe: %s and %s have one name, same, and different grids: the tables of the one that runs last replace those of the other.\n"
            .formatted(one, two),
        plan(one, two).err());
    assertEquals("", plan(one, one).err());
  }

  @Test
  void a_run_says_what_is_no_longer_in_the_tables() throws IOException {
    Path before = grid("one.conf", "same", "random-class, uniform-10", "train.epochs = 30");
    Path now = grid("two.conf", "same", "random-class", "train.epochs = 20\nmethods = [ cf ]");
    Environment any =
        new Environment("e", "cpu", "fp32", 2, 0, 0, new TreeMap<>(), new TreeMap<>(Map.of()));
    Experiment first = experiment(before);
    assertEquals(List.of(), notes(first, any));
    Files.createDirectories(first.folder());
    Path sheet = first.folder().resolve(Sheets.EXPERIMENT);
    Files.writeString(sheet, first.grid().render());
    assertEquals(List.of(), notes(first, any), "the same");
    assertEquals(
        List.of(
            sheet
                + " was of another grid, whose tables this run replaces; no longer in them:"
                + " scenarios uniform-10; methods retraining; train.epochs = 30."),
        notes(experiment(now), any));
    Files.writeString(sheet, experiment(now).grid().render().replace("= 20", "= 30"));
    assertEquals(List.of(), notes(first, any), "it only grew");
    Files.writeString(sheet, "name = [");
    assertEquals(List.of(), notes(first, any));
  }

  private Experiment experiment(Path file) {
    return Experiment.read(file, List.of(), Optional.of(folder.resolve("r")));
  }

  private static List<String> notes(Experiment experiment, Environment environment) {
    return Suitability.notes(experiment, environment).stream()
        .filter(note -> !note.contains(" stays "))
        .toList();
  }

  @Test
  void files_that_have_changed_since_a_run_looked_are_told() throws IOException {
    Path file = batches().resolve("data_batch_1.bin");
    Experiment experiment =
        Experiment.read(
            ofBatches("random-class"),
            List.of("data.dir=" + folder.resolve("data")),
            Optional.of(folder.resolve("r")));
    Files.createDirectories(experiment.machine().storeDir());
    var planned = Holdings.of(experiment).digests();
    assertEquals(List.of(), Holdings.of(experiment).changed(planned));
    planned.put("cifar-10", Holdings.ABSENT);
    assertEquals(List.of(), Holdings.of(experiment).changed(planned));
    planned.put("cifar-10", "of others");
    assertEquals(1, Holdings.of(experiment).changed(planned).size(), "another run looked again");
    planned.putAll(Holdings.of(experiment).digests());
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
    String sentence = Holdings.of(experiment).changed(planned).get(0);
    assertTrue(sentence.startsWith("The files of cifar-10 have changed since"), sentence);
    Files.delete(file);
    Files.delete(file.resolveSibling("test_batch.bin"));
    Files.delete(file.getParent());
    assertEquals(List.of(), Holdings.of(experiment).changed(planned), "nothing is there");
  }
}
