package lethe.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import lethe.data.Checkpoint;
import lethe.plan.Settings;
import lethe.plan.Stage;
import lethe.plan.StageKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
  private static final long NOBODY = 4_194_304_000L; // more than any system numbers its processes
  private static final Stage OTHER =
      new Stage(
          Specimen.SPLIT.kind(),
          Specimen.SPLIT.subject(),
          Settings.NONE,
          new TreeMap<>(),
          new TreeMap<>(Map.of("seed", "2")));

  private final Path root;
  private final ArtifactStore store;

  RetentionTest(@TempDir Path folder) throws IOException {
    root = folder.resolve("store");
    store = ArtifactStore.open(root);
  }

  private void keep(Stage stage, String text) throws IOException {
    try (Draft draft = store.draft(stage.key(), stage)) {
      Files.writeString(draft.file("split.txt"), text);
      draft.keep(new TreeMap<>(), List.of(), new TreeMap<>());
    }
  }

  private Retention retention(boolean knowsUnfinished, StageKey... referred) {
    return new Retention(store, Set.of(referred), knowsUnfinished);
  }

  private static List<Path> places(Retention retention, Retention.Kind kind) throws IOException {
    return retention.leftovers().stream()
        .filter(leftover -> leftover.kind() == kind)
        .map(Retention.Leftover::place)
        .toList();
  }

  private Path dead(String name) throws IOException {
    Path dead = root.resolve("drafts").resolve(name + "." + Owner.host() + "." + NOBODY + ".1");
    Files.createDirectories(dead);
    Files.writeString(dead.resolve("split.txt"), "half");
    return dead;
  }

  @Test
  void what_nobody_refers_to_is_told_by_kind_and_looking_deletes_nothing() throws IOException {
    keep(Specimen.SPLIT, "1 2 3");
    keep(OTHER, "4 5 6");
    Path altered = Files.createDirectories(root.resolve("altered/" + OTHER.key().hex() + ".1"));
    Files.writeString(altered.resolve("split.txt"), "9");
    Path dead = dead(OTHER.key().hex());
    Files.writeString(root.resolve("cifar-10.digest.json"), "{}");
    try (Draft living = store.draft(OTHER.key(), OTHER)) {
      Retention retention = retention(true, Specimen.KEY);
      assertEquals(List.of(store.folder(OTHER.key())), places(retention, Retention.Kind.ARTIFACT));
      assertEquals(List.of(altered), places(retention, Retention.Kind.ALTERED));
      assertEquals(List.of(dead), places(retention, Retention.Kind.DRAFT));
      assertEquals(List.of(), places(retention, Retention.Kind.CHECKPOINTS));
      assertEquals(1, retention.kept());
      // the altered one has one file of one byte
      assertTrue(
          retention
              .leftovers()
              .contains(new Retention.Leftover(Retention.Kind.ALTERED, altered, 1)));
      assertTrue(Files.exists(living.folder()));
    }
    assertTrue(store.exists(OTHER.key()));
  }

  @Test
  void deleting_leaves_what_somebody_refers_to() throws IOException {
    keep(Specimen.SPLIT, "1 2 3");
    keep(OTHER, "4 5 6");
    Path dead = dead(OTHER.key().hex());
    Retention retention = retention(true, Specimen.KEY);
    retention.delete(retention.leftovers());
    assertInstanceOf(ArtifactStore.Missing.class, store.check(OTHER.key()));
    assertInstanceOf(ArtifactStore.Present.class, store.check(Specimen.KEY));
    assertFalse(Files.exists(dead));
    assertEquals(List.of(), Sweep.in(root.resolve("drafts")));
    assertEquals(List.of(), retention.leftovers());
  }

  @Test
  void after_a_kill_nothing_stands_half_under_its_key_and_the_next_start_clears_up()
      throws IOException {
    keep(OTHER, "4 5 6");
    Retention retention = retention(true);
    List<Path> away = retention.putAway(retention.leftovers()); // and here the process dies
    assertInstanceOf(ArtifactStore.Missing.class, store.check(OTHER.key()));
    assertEquals(1, away.size());
    assertEquals("4 5 6", Files.readString(away.get(0).resolve("split.txt")), "whole elsewhere");
    String pid = String.valueOf(ProcessHandle.current().pid());
    Files.move(
        away.get(0),
        away.get(0)
            .resolveSibling(
                away.get(0).getFileName().toString().replace("." + pid + ".", "." + NOBODY + ".")));
    ArtifactStore.open(root);
    assertEquals(List.of(), Sweep.in(root.resolve("drafts")));
    keep(OTHER, "4 5 6");
    assertInstanceOf(ArtifactStore.Present.class, store.check(OTHER.key()));
  }

  @Test
  void checkpoints_stay_for_stages_that_are_referred_to_and_where_that_is_not_known()
      throws IOException {
    store.checkpoints(Specimen.KEY).add(new Checkpoint(new TreeMap<>(), new TreeMap<>()));
    Path checkpoints = root.resolve("checkpoints").resolve(Specimen.KEY.hex());
    assertEquals(
        List.of(), places(retention(true, Specimen.KEY), Retention.Kind.CHECKPOINTS), "referred");
    assertEquals(List.of(), places(retention(false), Retention.Kind.CHECKPOINTS), "not known");
    Retention nobody = retention(true);
    assertEquals(List.of(checkpoints), places(nobody, Retention.Kind.CHECKPOINTS));
    keep(Specimen.SPLIT, "1 2 3");
    assertEquals(
        List.of(checkpoints),
        places(retention(false, Specimen.KEY), Retention.Kind.CHECKPOINTS),
        "of a stage that is done nobody goes on");
    nobody.delete(nobody.leftovers());
    assertFalse(Files.exists(checkpoints));
  }

  @Test
  void a_store_that_is_not_there_has_nothing() throws IOException {
    Retention none = new Retention(ArtifactStore.view(root.resolve("nothing")), Set.of(), true);
    assertEquals(List.of(), none.leftovers());
    assertFalse(Files.exists(root.resolve("nothing")));
  }
}
