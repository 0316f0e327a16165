package lethe.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreUseTest {
  private final Path folder;
  private final Path root;

  StoreUseTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    root = ArtifactStore.open(folder.resolve("store")).root();
  }

  private Path experiment(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  @Test
  void whoever_used_a_store_is_known_by_folder_and_id() throws Exception {
    StoreUse.by(experiment("one"), root).close();
    StoreUse.by(experiment("two"), root).close();
    StoreUse.by(experiment("two"), root).close();
    List<StoreUse.User> users = StoreUse.users(root);
    assertEquals(
        List.of(folder.resolve("one"), folder.resolve("two")),
        users.stream().map(StoreUse.User::folder).sorted().toList());
    for (StoreUse.User user : users) {
      assertEquals(Optional.of(user.folder()), user.place());
      assertTrue(user.isOfThisHost());
    }
    StoreUse.User elsewhere =
        new StoreUse.User(folder.resolve("two"), "another-host", users.get(0).id(), root);
    assertFalse(elsewhere.isOfThisHost());
  }

  @Test
  void a_folder_that_was_renamed_is_found_and_another_of_its_name_is_not_taken_for_it()
      throws Exception {
    StoreUse.by(experiment("one"), root).close();
    StoreUse.User one = StoreUse.users(root).get(0);
    Path renamed = Files.move(folder.resolve("one"), folder.resolve("renamed"));
    experiment("one");
    assertEquals(Optional.of(renamed), one.place());
    ArtifactStore.delete(renamed);
    assertEquals(Optional.empty(), one.place());
  }

  @Test
  void who_deletes_has_it_alone() throws Exception {
    StoreUse run = StoreUse.by(experiment("one"), root);
    assertThrows(StoreUse.Refusal.class, () -> StoreUse.alone(root));
    run.close();
    StoreUse.alone(root).close();
  }

  @Test
  void a_store_that_is_older_than_its_list_says_so() throws Exception {
    assertTrue(StoreUse.knowsAll(root));
    Path old = folder.resolve("old");
    Files.createDirectories(old.resolve("drafts"));
    ArtifactStore.open(old);
    StoreUse.by(experiment("one"), old).close();
    assertFalse(StoreUse.knowsAll(old));
    assertEquals(1, StoreUse.users(old).size());
  }

  @Test
  void a_card_that_tells_nothing_is_named() throws Exception {
    for (String text : List.of("{}", "no card")) {
      Path card = Files.writeString(root.resolve("users/x.json"), text);
      IOException thrown = assertThrows(IOException.class, () -> StoreUse.users(root));
      String message = String.valueOf(thrown.getMessage());
      assertTrue(message.startsWith(card + " does not tell"), message);
    }
  }
}
