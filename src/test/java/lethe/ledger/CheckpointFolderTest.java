package lethe.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import lethe.data.Checkpoint;
import lethe.data.HostTensor;
import lethe.data.SafeTensors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {
  /** What a crash or a disk does to a file. */
  private interface Harm {
    void to(Path file) throws IOException;
  }

  private static final Map<String, Harm> HARMS =
      Map.of(
          "truncated", file -> Files.write(file, Arrays.copyOf(bytes(file), 40)),
          "flipped byte", CheckpointFolderTest::flip,
          "zero bytes", file -> Files.write(file, new byte[0]),
          "only zeros", file -> Files.write(file, new byte[bytes(file).length]));

  private final Path store;
  private final Path root;

  CheckpointFolderTest(@TempDir Path store) {
    this.store = store;
    this.root = store.resolve("checkpoints");
  }

  private CheckpointFolder folder() {
    return folder("a");
  }

  private CheckpointFolder folder(String name) {
    return new CheckpointFolder(store, name, Failpoint.Hook.NONE);
  }

  private static byte[] bytes(Path file) throws IOException {
    return Files.readAllBytes(file);
  }

  private static void flip(Path file) throws IOException {
    byte[] all = bytes(file);
    all[all.length - 3] ^= 4;
    Files.write(file, all);
  }

  private static Checkpoint at(int step) {
    return new Checkpoint(
        new TreeMap<>(Map.of("w", HostTensor.of(new float[] {step, step / 3f}, 2))),
        new TreeMap<>(Map.of("step", (double) step)));
  }

  private static Optional<Integer> step(CheckpointFolder folder) throws IOException {
    return folder.newest().map(c -> c.whole("step"));
  }

  private List<Path> files(String name) throws IOException {
    try (Stream<Path> all = Files.list(root.resolve(name))) {
      return all.sorted().toList();
    }
  }

  @Test
  void a_folder_that_was_never_written_has_none() throws IOException {
    assertEquals(Optional.empty(), folder().newest());
    assertFalse(Files.exists(root.resolve("a")), "looking makes no folder");
  }

  @Test
  void the_newest_wins_and_two_are_kept() throws IOException {
    for (int step = 1; step <= 12; step++) { // past 9: numbers sort as numbers
      folder().add(at(step));
      assertEquals(Math.min(2, step), files("a").size());
      Checkpoint newest = folder().newest().orElseThrow();
      assertEquals(step, newest.whole("step"));
      assertEquals(step / 3f, newest.array("w").floats()[1]);
    }
  }

  @TestFactory
  Stream<DynamicTest> a_torn_one_falls_back_to_the_one_before_and_is_dropped() {
    return HARMS.entrySet().stream().map(h -> DynamicTest.dynamicTest(h.getKey(), () -> one(h)));
  }

  private void one(Map.Entry<String, Harm> harm) throws IOException {
    String name = harm.getKey();
    folder(name).add(at(1));
    folder(name).add(at(2));
    Path newest = files(name).get(1);
    harm.getValue().to(newest);
    assertEquals(Optional.of(1), step(folder(name)));
    assertFalse(Files.exists(newest));
    folder(name).add(at(3));
    assertEquals(Optional.of(3), step(folder(name)));

    for (Path file : files(name)) {
      harm.getValue().to(file);
    }
    assertEquals(Optional.empty(), step(folder(name)), "both torn");
    assertEquals(List.of(), files(name));
  }

  @Test
  void a_draft_that_a_dead_process_left_is_no_checkpoint_and_goes() throws IOException {
    folder().add(at(1));
    Path draft = Files.write(root.resolve("a/draft.4194304000"), new byte[500]);
    assertEquals(Optional.of(1), step(folder()));
    assertFalse(Files.exists(draft), "each kill would leave one more, of the size of the weights");
  }

  @Test
  void files_of_strangers_are_neither_read_nor_dropped() throws IOException {
    folder().add(at(1));
    String sha = "0".repeat(64);
    for (String name :
        List.of("notes.txt", sha + ".safetensors", "1-" + sha + ".safetensors", "00000009.old")) {
      Files.writeString(root.resolve("a").resolve(name), "mine");
    }
    assertEquals(Optional.of(1), step(folder()));
    folder().add(at(2));
    folder().add(at(3));
    assertEquals(Optional.of(3), step(folder()));
    assertEquals(2 + 4, files("a").size());
  }

  @Test
  void clear_drops_all_and_may_come_twice() throws IOException {
    folder().add(at(1));
    folder("b").add(at(7));
    folder().clear();
    folder().clear();
    assertEquals(Optional.empty(), step(folder()));
    assertEquals(Optional.of(7), step(folder("b")));
  }

  @Test
  void a_folder_that_takes_nothing_throws_and_the_old_ones_stay() throws IOException {
    folder().add(at(1));
    folder().add(at(2));
    // The place of the next draft is taken: as on a full or read-only disk, it cannot be written.
    Path place = root.resolve("a/draft." + ProcessHandle.current().pid());
    Files.createDirectories(place.resolve("inside"));
    assertThrows(IOException.class, () -> folder().add(at(3)));
    Files.delete(place.resolve("inside"));
    assertEquals(Optional.of(2), step(folder()));
    assertEquals(2, files("a").size());
  }

  @Test
  void a_disk_that_fills_up_under_a_checkpoint_leaves_no_half_of_it() throws IOException {
    folder().add(at(1));
    CheckpointFolder full =
        new CheckpointFolder(
            store,
            "a",
            point -> {
              throw new IllegalStateException("No space left on device");
            });
    assertThrows(IllegalStateException.class, () -> full.add(at(2)));
    assertEquals(1, files("a").size(), "the half is gone");
    assertEquals(Optional.of(1), step(folder()));
  }

  @Test
  void a_whole_file_that_is_no_checkpoint_of_this_program_is_passed_over() throws IOException {
    Path file = root.resolve("other");
    byte[] words = {'n', 'o', 't', ' ', 'J', 'S', 'O', 'N'};
    List<Harm> others =
        List.of(
            f -> Files.writeString(f, "a format of tomorrow"),
            f -> SafeTensors.write(f, new TreeMap<>(at(5).arrays())),
            f -> SafeTensors.write(f, new TreeMap<>(Map.of("numbers", HostTensor.of(words, 8)))));
    for (int i = 0; i < others.size(); i++) {
      folder("o" + i).add(at(1));
      others.get(i).to(file);
      String name = "00000002-" + Checksums.sha256(file) + ".safetensors";
      Files.move(file, root.resolve("o" + i).resolve(name));
      assertEquals(Optional.of(1), step(folder("o" + i)));
      assertTrue(files("o" + i).stream().noneMatch(f -> f.endsWith(name)));
    }
  }

  @Test
  void a_store_sweeps_the_checkpoints_of_a_stage_that_is_done_alone() throws IOException {
    ArtifactStore store = ArtifactStore.open(this.store.resolve("store"));
    store.checkpoints(Specimen.KEY).add(at(4));
    ArtifactStore.open(store.root());
    assertEquals(Optional.of(4), step(store.checkpoints(Specimen.KEY)));
    try (Draft draft = store.draft(Specimen.KEY, Specimen.SPLIT)) {
      Files.writeString(draft.file("split.txt"), "1 2 3");
      draft.keep(new TreeMap<>(), List.of(), new TreeMap<>());
    } // and the process dies before it clears them away
    ArtifactStore.open(store.root());
    assertEquals(Optional.empty(), step(store.checkpoints(Specimen.KEY)));
  }
}
