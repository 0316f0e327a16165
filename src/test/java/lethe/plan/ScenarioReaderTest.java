package lethe.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioReaderTest {
  @TempDir Path folder = Path.of("");

  private static String listing(String scenarios) {
    return Fixtures.QUICK.replace("[ random-class, uniform-10 ]", scenarios);
  }

  private static final String MINE = listing("[ { id = file-mine, path = \"mine.txt\" } ]");

  private List<String> problems(String text) {
    GridException e = assertThrows(GridException.class, () -> Fixtures.grid(folder, text));
    return e.problems().stream().map(p -> p.replace(folder + "/", "")).toList();
  }

  private static Stage split(Plan plan) {
    return plan.stages().values().stream()
        .filter(s -> s.kind() == StageKind.SPLIT)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_file_beside_the_experiment_lists_an_image_a_line() {
    Fixtures.file(folder, "mine.txt", "17\n 3\r\n250\n");
    Grid grid = Fixtures.grid(folder, MINE);
    Scenario.File file = assertInstanceOf(Scenario.File.class, grid.scenarios().get(0));
    assertEquals("file-mine", file.id());
    assertArrayEquals(new int[] {17, 3, 250}, file.list().indices());
    assertEquals(folder.toAbsolutePath().resolve("mine.txt"), file.list().path());
  }

  @Test
  void a_byte_order_mark_is_no_part_of_an_index() {
    Fixtures.file(folder, "mine.txt", "\uFEFF17\n3\n");
    Grid grid = Fixtures.grid(folder, MINE);
    Scenario.File file = assertInstanceOf(Scenario.File.class, grid.scenarios().get(0));
    assertArrayEquals(new int[] {17, 3}, file.list().indices());
  }

  @Test
  void what_is_no_file_is_told_apart_from_what_is_missing() throws IOException {
    assertEquals(List.of("x.conf:4: There is no file mine.txt."), problems(MINE));
    Files.createDirectory(folder.resolve("mine.txt"));
    assertEquals(List.of("x.conf:4: mine.txt is a folder; it must be a file."), problems(MINE));
  }

  @Test
  void the_disk_says_why_in_a_word_and_not_by_the_path_again() {
    assertEquals("no permission", DiskWord.of(new AccessDeniedException("/x/oor.txt")));
    assertEquals("Is a directory", DiskWord.of(new IOException("Is a directory")));
    assertEquals("NoSuchFileException", DiskWord.of(new NoSuchFileException("/x/oor.txt")));
  }

  @Test
  void the_digest_of_the_list_is_part_of_the_key_and_its_place_is_not() throws IOException {
    Fixtures.file(folder, "mine.txt", "17\n3\n");
    Stage first = split(Fixtures.plan(folder, MINE));
    assertEquals("file-mine", first.ingredients().get("scenario"));
    assertTrue(first.ingredients().containsKey("scenario.digest"));
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Fixtures.file(elsewhere, "mine.txt", "17\n3\n");
    assertEquals(first.key(), split(Fixtures.plan(elsewhere, MINE)).key());
    Fixtures.file(folder, "mine.txt", "17\n4\n");
    assertNotEquals(first.key(), split(Fixtures.plan(folder, MINE)).key());
  }

  @Test
  void the_resolved_grid_finds_the_list_again() throws IOException {
    Fixtures.file(folder, "mine.txt", "17\n3\n");
    Grid grid = Fixtures.grid(folder, MINE);
    Path elsewhere = Files.createDirectory(folder.resolve("a \"quoted\" place"));
    Path again = Fixtures.file(elsewhere, "experiment.conf", grid.render());
    assertEquals(grid, GridReader.read(again, List.of(), Fixtures.REPERTOIRE));
  }

  @Test
  void a_line_that_is_no_index_is_named() {
    for (String bad : List.of("-1", "1.5", "", "two", "2147483648")) {
      Fixtures.file(folder, "mine.txt", "17\n" + bad + "\n5\n");
      assertEquals(
          List.of(
              "mine.txt:2: \"%s\" is no training index; it must be a whole number from 0 to"
                      .formatted(bad)
                  + " 2147483647."),
          problems(MINE));
    }
    Fixtures.file(folder, "mine.txt", "17\n5\n17\n");
    assertEquals(
        List.of("mine.txt:3: index 17 is in line 1 already; each image must be listed once."),
        problems(MINE));
    Fixtures.file(folder, "mine.txt", "");
    assertEquals(
        List.of("mine.txt is empty; it must list one training index a line."), problems(MINE));
  }

  @Test
  void a_file_that_is_none_is_named() throws IOException {
    assertEquals(List.of("x.conf:4: There is no file mine.txt."), problems(MINE));
    Files.write(folder.resolve("mine.txt"), new byte[] {'1', '\n', (byte) 0xff});
    assertEquals(
        List.of("mine.txt is no text; it must list one training index a line."), problems(MINE));
  }

  @Test
  void an_index_beyond_the_images_is_named_with_its_line() {
    Fixtures.file(folder, "mine.txt", "17\n1000\n");
    Scenario.File file =
        assertInstanceOf(Scenario.File.class, Fixtures.grid(folder, MINE).scenarios().get(0));
    assertEquals(Optional.empty(), file.list().outside(1001, "glyphs"));
    String said = file.list().outside(1000, "glyphs").orElseThrow();
    assertEquals(
        "mine.txt:2: glyphs has no training image 1000; it must be from 0 to 999.",
        said.replace(folder + "/", ""));
  }

  @Test
  void entries_of_scenarios_are_checked() {
    Fixtures.file(folder, "mine.txt", "17\n");
    assertEquals(
        List.of(
            "x.conf:4: scenarios[0] is \"file-mine\" without its file; write { id = file-mine, path"
                + " = \"FILE\" }."),
        problems(listing("[ file-mine ]")));
    assertEquals(
        List.of(
            "x.conf:4: Unknown setting scenarios[0].pth; the nearest known is scenarios[0].path.",
            "x.conf:4: scenarios[0] has no path; it must be the file that lists the images to"
                + " forget."),
        problems(listing("[ { id = file-mine, pth = x } ]")));
    assertEquals(
        List.of("x.conf:4: scenarios[0] has a path, but uniform-10 reads no file."),
        problems(listing("[ { id = uniform-10, path = \"mine.txt\" } ]")));
    assertEquals(
        List.of(
            "x.conf:4: scenarios[0] has no id; it must be { id = file-NAME, path = \"FILE\" }."),
        problems(listing("[ { path = \"mine.txt\" } ]")));
    assertEquals(
        List.of("x.conf:4: scenarios lists file-mine twice."),
        problems(
            listing(
                "[ { id = file-mine, path = \"mine.txt\" }, { id = file-mine, path = \"mine.txt\" }"
                    + " ]")));
  }

  @Test
  void an_override_may_name_a_list() {
    Fixtures.file(folder, "mine.txt", "17\n");
    Grid grid =
        Fixtures.grid(
            folder,
            MINE
                + "overrides = [ { when { scenario = file-mine }, set { unlearn.cf.epochs = 3 } }"
                + " ]");
    assertEquals("file-mine", grid.knobs().rules().get(0).when().get(Axis.SCENARIO));
  }

  @Test
  void forgetting_nothing_goes_with_methods_that_start_fresh() {
    String none = listing("[ none ]");
    assertEquals(
        List.of(
            "x.conf:5: methods lists cf, but scenario none forgets nothing: with it, only methods"
                + " that train fresh weights make sense."),
        problems(none));
    Plan plan = Fixtures.plan(folder, none, "methods=[retraining]");
    assertEquals("none", split(plan).ingredients().get("scenario"));
    assertFalse(split(plan).ingredients().containsKey("scenario.digest"));
  }
}
