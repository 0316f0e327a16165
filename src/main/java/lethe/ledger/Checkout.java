package lethe.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The commit of a git checkout, read from its files: git itself may not be there. */
public final class Checkout {
  private Checkout() {}

  /** The commit checked out in {@code folder}; empty when that is no checkout. */
  public static Optional<String> commit(Path folder) {
    try {
      Path git = folder.resolve(".git");
      if (Files.isRegularFile(git)) { // a linked worktree names its folder
        git = folder.resolve(after(Files.readString(git), "gitdir:"));
      }
      String head = Files.readString(git.resolve("HEAD")).strip();
      if (!head.startsWith("ref:")) {
        return Optional.of(head);
      }
      Path common = git;
      if (Files.exists(git.resolve("commondir"))) {
        common = git.resolve(Files.readString(git.resolve("commondir")).strip());
      }
      return resolve(common, after(head, "ref:"));
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // no checkout, or one laid out in a way we do not know
    }
  }

  private static Optional<String> resolve(Path git, String ref) throws IOException {
    Path loose = git.resolve(ref);
    if (Files.exists(loose)) {
      return Optional.of(Files.readString(loose).strip());
    }
    for (String line : Files.readAllLines(git.resolve("packed-refs"))) {
      if (line.endsWith(" " + ref)) {
        return Optional.of(line.substring(0, line.indexOf(' ')));
      }
    }
    return Optional.empty();
  }

  private static String after(String text, String word) {
    return text.substring(text.indexOf(word) + word.length()).strip();
  }
}
