package lethe.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lethe.data.Checkpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactStoreTest {
  private static final long NOBODY = 4_194_304_000L; // more than any system numbers its processes

  private final Path root;
  private final ArtifactStore store;

  ArtifactStoreTest(@TempDir Path folder) throws IOException {
    root = folder.resolve("store");
    store = ArtifactStore.open(root);
  }

  private Manifest keep(String text, double seconds) throws IOException {
    try (Draft draft = store.draft(Specimen.KEY, Specimen.SPLIT)) {
      Files.writeString(draft.file("split.txt"), text);
      Files.writeString(draft.file("note.txt"), "a note");
      return draft.keep(
          new TreeMap<>(Map.of("split", seconds)), List.of("shared"), new TreeMap<>());
    }
  }

  private String altered() throws IOException {
    return assertInstanceOf(ArtifactStore.Altered.class, store.check(Specimen.KEY)).reason();
  }

  @Test
  void an_artifact_that_was_kept_is_present_under_its_key() throws IOException {
    assertInstanceOf(ArtifactStore.Missing.class, store.check(Specimen.KEY));
    Manifest manifest = keep("1 2 3", 0.5);

    assertEquals(new ArtifactStore.Present(manifest), store.check(Specimen.KEY));
    String hex = Specimen.KEY.hex();
    assertTrue(Files.exists(root.resolve(hex.substring(0, 2)).resolve(hex).resolve("split.txt")));
    assertEquals("1 2 3", Files.readString(store.file(Specimen.KEY, "split.txt")));
    assertEquals(List.of("note.txt", "split.txt"), names(manifest));
    assertEquals(Specimen.SPLIT.ingredients(), manifest.ingredients());
  }

  private static List<String> names(Manifest manifest) {
    return manifest.files().stream().map(Manifest.Entry::name).toList();
  }

  @Test
  void the_digest_is_of_the_content_and_not_of_the_time() throws IOException {
    Manifest first = keep("1 2 3", 0.5);
    store.setAside(Specimen.KEY);
    Manifest slower = keep("1 2 3", 7.5);
    store.setAside(Specimen.KEY);
    Manifest other = keep("1 2 4", 0.5);
    assertEquals(first.digest(), slower.digest());
    assertNotEquals(first.digest(), other.digest());
  }

  @Test
  void what_stands_already_stays_and_the_draft_is_dropped() throws IOException {
    Manifest first = keep("1 2 3", 0.5);
    Manifest answer = keep("1 2 3", 7.5);
    assertEquals(first, answer);
    assertEquals(0.5, answer.seconds().get("split"));
    assertEquals(0, drafts());
  }

  @Test
  void an_altered_artifact_gives_way_to_a_new_one_but_is_not_deleted() throws IOException {
    keep("1 2 3", 0.5);
    Files.writeString(store.file(Specimen.KEY, "split.txt"), "1 2 9");

    Manifest again = keep("1 2 3", 0.5);

    assertEquals(new ArtifactStore.Present(again), store.check(Specimen.KEY));
    Path aside = root.resolve("altered").resolve(Specimen.KEY.hex() + ".1");
    assertEquals("1 2 9", Files.readString(aside.resolve("split.txt")));
  }

  @Test
  void a_plain_file_in_the_place_of_an_artifact_gives_way_too() throws IOException {
    Path place = store.folder(Specimen.KEY);
    Files.createDirectories(place.getParent());
    Files.writeString(place, "x");
    assertEquals("it is not a folder", altered());

    Manifest kept = keep("1 2 3", 0.5);

    assertEquals(new ArtifactStore.Present(kept), store.check(Specimen.KEY));
    assertEquals(
        "x", Files.readString(root.resolve("altered").resolve(place.getFileName() + ".1")));
  }

  @Test
  void every_way_to_alter_an_artifact_is_told() throws IOException {
    keep("1 2 3", 0.5);
    Path file = store.file(Specimen.KEY, "split.txt");
    Files.writeString(file, "1 2 9");
    assertEquals("the checksum of its file split.txt does not agree", altered());
    Files.writeString(file, "1 2");
    assertEquals("its file split.txt has 3 bytes, not 5", altered());
    Files.delete(file);
    assertEquals("its file split.txt is missing", altered());
    Files.writeString(file, "1 2 3");
    Path manifest = store.file(Specimen.KEY, "manifest.json");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.substring(0, 30));
    assertEquals("its manifest.json cannot be read", altered());
    Files.write(manifest, new byte[] {0, 0, -1, -1, 0, 0, -1, -1}); // no text in any encoding
    assertEquals("its manifest.json cannot be read", altered());
    Files.writeString(manifest, text.replace("\"bytes\" : 5", "\"bytes\" : 6"));
    assertEquals("its file split.txt has 5 bytes, not 6", altered());
    Files.delete(manifest);
    assertEquals("its file manifest.json is missing", altered());
    Files.createDirectory(manifest);
    assertEquals("its manifest.json is a folder", altered());
  }

  @Test
  void what_the_disk_does_not_give_is_not_called_altered() throws IOException {
    Path mute = Path.of("/proc/self/mem"); // its first page gives an input/output error
    assumeTrue(Files.isReadable(mute), "no file here whose reading fails");
    keep("1 2 3", 0.5);
    Path manifest = store.file(Specimen.KEY, "manifest.json");
    Path kept = Files.move(manifest, root.resolve("kept"));
    Files.createSymbolicLink(manifest, mute);

    StoreException fault = assertThrows(StoreException.class, () -> store.check(Specimen.KEY));
    assertTrue(String.valueOf(fault.getMessage()).contains("Input/output error"));
    assertEquals(Optional.empty(), store.whole(Specimen.KEY));
    Files.move(kept, manifest, StandardCopyOption.REPLACE_EXISTING);
    assertInstanceOf(ArtifactStore.Present.class, store.check(Specimen.KEY));
  }

  @Test
  void a_shelf_that_cannot_be_entered_is_not_called_missing() throws IOException {
    keep("1 2 3", 0.5);
    Path shelf = root.resolve(Specimen.KEY.hex().substring(0, 2));
    Path away = Files.move(shelf, root.resolve("away"));
    Files.createSymbolicLink(shelf, shelf); // leads nowhere, which is not "there is no such file"

    assertThrows(StoreException.class, () -> store.check(Specimen.KEY));
    Files.delete(shelf);
    assertInstanceOf(ArtifactStore.Missing.class, store.check(Specimen.KEY));
    Files.move(away, shelf);
    assertInstanceOf(ArtifactStore.Present.class, store.check(Specimen.KEY));
  }

  @Test
  void a_store_that_has_gone_is_not_made_again() throws IOException {
    ArtifactStore.delete(root);
    assertThrows(StoreException.class, () -> store.draft(Specimen.KEY, Specimen.SPLIT));
    Checkpoint checkpoint = new Checkpoint(new TreeMap<>(), new TreeMap<>(Map.of("step", 1.0)));
    assertThrows(IOException.class, () -> store.checkpoints(Specimen.KEY).add(checkpoint));
    assertFalse(Files.exists(root));
  }

  @Test
  void a_draft_that_is_not_kept_leaves_nothing() throws IOException {
    try (Draft draft = store.draft(Specimen.KEY, Specimen.SPLIT)) {
      Files.writeString(draft.file("split.txt"), "half");
    }
    assertInstanceOf(ArtifactStore.Missing.class, store.check(Specimen.KEY));
    assertEquals(0, drafts());
  }

  @Test
  void drafts_of_dead_processes_are_swept_and_those_of_the_living_stay() throws IOException {
    Path dead =
        root.resolve("drafts")
            .resolve(Specimen.KEY.hex() + "." + Owner.host() + "." + NOBODY + ".1");
    Files.createDirectories(dead);
    Files.writeString(dead.resolve("split.txt"), "half");
    try (Draft living = store.draft(Specimen.KEY, Specimen.SPLIT)) {
      ArtifactStore.open(root);
      assertFalse(Files.exists(dead));
      assertTrue(Files.exists(living.folder()));
    }
  }

  private long drafts() throws IOException {
    try (var all = Files.list(root.resolve("drafts"))) {
      return all.count();
    }
  }

  @Test
  void drafts_of_other_hosts_stay_for_their_own_host_to_judge() throws IOException {
    Path elsewhere =
        root.resolve("drafts").resolve(Specimen.KEY.hex() + ".node-7.cluster." + NOBODY + ".1");
    Files.createDirectories(elsewhere);
    ArtifactStore.open(root);
    assertTrue(Files.exists(elsewhere));
  }

  @Test
  void a_store_that_takes_no_draft_says_so_with_its_free_room() throws IOException {
    Files.delete(root.resolve("drafts"));
    Files.writeString(root.resolve("drafts"), "no folder");
    StoreException fault =
        assertThrows(StoreException.class, () -> store.draft(Specimen.KEY, Specimen.SPLIT));
    assertTrue(String.valueOf(fault.getMessage()).contains(" bytes free there"));
  }
}
