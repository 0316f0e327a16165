package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import lethe.data.source.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stage would find out hours later is told before the first. */
class ClassSizesTest {
  private static final String ALL = "{ id = cifar-10 }";

  @TempDir private Path folder = Path.of("replaced");

  /** Ten classes: nine of 100 training and 20 test images, and a smaller one, "3". */
  private static DataSource.Counts counts(int train, int test) {
    List<String> classes = IntStream.range(0, 10).mapToObj(String::valueOf).toList();
    return new DataSource.Counts(classes, with(100, train), with(20, test));
  }

  private static List<Integer> with(int others, int third) {
    List<Integer> sizes = new java.util.ArrayList<>(Collections.nCopies(10, others));
    sizes.set(3, third);
    return sizes;
  }

  private List<String> problems(String dataset, String scenarios, String recipes, String more)
      throws IOException {
    return problems(counts(90, 15), dataset, scenarios, recipes, more);
  }

  private List<String> problems(
      DataSource.Counts counts, String dataset, String scenarios, String recipes, String more)
      throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("x.conf"),
            """
            name = x
            datasets = [ %s ]
            networks = [ convnet ]
            scenarios = [ %s ]
            methods = [ cf ]
            recipes = [ %s ]
            %s
            """
                .formatted(dataset, scenarios, recipes, more));
    Experiment experiment = Experiment.read(file, List.of(), Optional.of(folder));
    return ClassSizes.problems(experiment, experiment.grid().datasets().get(0), counts);
  }

  @Test
  void what_fits_is_no_problem() throws IOException {
    String fits = "condense.blend.clusters-per-class = 90";
    assertEquals(
        List.of(), problems(ALL, "random-class, uniform-10, classes-0-9", "whole, reduced", fits));
  }

  @Test
  void a_class_that_is_not_there_cannot_be_forgotten() throws IOException {
    assertEquals(
        List.of("scenarios: classes-2-12 names class 12, and cifar-10 has the classes 0 to 9."),
        problems(ALL, "classes-2-12", "whole", ""));
  }

  @Test
  void something_must_be_forgotten_and_something_retained() throws IOException {
    assertEquals(
        List.of(
            "scenarios: classes-0-1-2-3-4-5-6-7-8-9 forgets 990 of the 990 training images of"
                + " cifar-10; some must be forgotten and some retained: list 1 to 9 of its classes.",
            // 0.1 percent of 990 images is 0.99 of one
            "scenarios: uniform-0.1 forgets 0 of the 990 training images of cifar-10; 1 to 989 can"
                + " be forgotten, and one image is 0.10101010101010101 percent."),
        problems(ALL, "classes-0-1-2-3-4-5-6-7-8-9, uniform-0.1", "whole", ""));
    assertEquals(
        1, problems(counts(0, 15), ALL, "classes-3", "whole", "").size(), "a class of no images");
  }

  @Test
  void no_more_images_are_asked_for_than_the_smallest_class_has() throws IOException {
    assertEquals(
        List.of(
            "dataset.cifar-10.train-per-class is 91, but class \"3\" has only 90 training images"
                + " here; it must be 1 to 90, or 0 for all of them.",
            "dataset.cifar-10.test-per-class is 16, but class \"3\" has only 15 test images here;"
                + " it must be 1 to 15, or 0 for all of them."),
        problems(
            "{ id = cifar-10, train-per-class = 91, test-per-class = 16 }",
            "random-class",
            "whole",
            ""));
  }

  @Test
  void a_dataset_of_uneven_classes_names_the_most_that_is_taken() throws IOException {
    // svhn's 4,500 a class are more than the 100 and 90 there are, and all of them are taken.
    assertEquals(
        List.of(
            "condense.blend.clusters-per-class is 91, but class \"3\" of svhn has only 90"
                + " training images here; it must be 1 to 90."),
        problems("svhn", "random-class", "reduced", "condense.blend.clusters-per-class = 91"));
  }

  @Test
  void unseen_and_evaluation_sets_need_an_image_each() throws IOException {
    // 0.001 of 195 test images is none
    List<String> problems =
        problems(ALL, "random-class, uniform-10", "whole", "split.unseen-fraction = 0.001");
    assertEquals(1, problems.size(), "once, not once a scenario");
    assertTrue(
        problems.get(0).startsWith("split.unseen-fraction is 0.001, which takes 0 of the 195"));
  }

  @Test
  void a_class_has_an_image_for_each_cluster() throws IOException {
    assertEquals(
        List.of(
            "condense.blend.clusters-per-class is 91, but class \"3\" of cifar-10 has only 90"
                + " training images here; it must be 1 to 90."),
        problems(ALL, "random-class", "reduced", "condense.blend.clusters-per-class = 91"));
  }

  @Test
  void every_round_needs_something_to_forget() throws IOException {
    assertEquals(
        List.of(
            "scenarios: random-class in 10 rounds needs training images of 11 classes of cifar-10"
                + " at least."),
        problems(ALL, "random-class", "whole", "rounds = 10"));
    // 990 images, 60 percent a round: 396, 159, 64, 26, 11, 5, 2 and 1 are left, 0.6 of which is 0
    assertEquals(
        List.of(
            "scenarios: uniform-60 forgets 0 of the 1 training images of cifar-10 that are left in"
                + " round 9; there must be two at least."),
        problems(ALL, "uniform-60", "whole", "rounds = 9"));
    assertEquals(List.of(), problems(ALL, "uniform-60, random-class", "whole", "rounds = 8"));
  }

  @Test
  void a_list_names_images_of_the_whole_training_set() throws IOException {
    Files.writeString(folder.resolve("mine.txt"), "989\n990\n");
    String mine = "{ id = file-mine, path = mine.txt }";
    assertEquals(
        List.of(
            folder + "/mine.txt:2: cifar-10 has no training image 990; it must be from 0 to 989."),
        problems(ALL, mine, "whole", ""));
    Files.writeString(folder.resolve("mine.txt"), "989\n0\n");
    assertEquals(List.of(), problems(ALL, mine, "whole", ""));
    assertEquals(List.of(), problems("{ id = cifar-10, train-per-class = 5 }", mine, "whole", ""));
    String all = IntStream.range(0, 990).mapToObj(i -> i + "\n").reduce("", String::concat);
    Files.writeString(folder.resolve("mine.txt"), all);
    assertEquals(
        List.of(
            "scenarios: file-mine lists all 990 training images of cifar-10; some must be retained."),
        problems(ALL, mine, "whole", ""));
  }

  @Test
  void a_run_refuses_before_its_first_stage() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("run.conf"),
            """
            name = refused
            datasets = [ { id = glyphs, train-per-class = 5, test-per-class = 5 } ]
            networks = [ { id = convnet, width = 4 } ]
            scenarios = [ classes-12, uniform-1 ]
            methods = [ cf ]
            recipes = [ whole ]
            """);
    Door.Answer answer =
        Door.call("run", file.toString(), "--results", folder.resolve("r").toString());
    assertEquals(Exit.USAGE, answer.exit(), answer.err());
    assertEquals(2, answer.err().lines().filter(l -> l.startsWith("lethe: scenarios: ")).count());
  }
}
