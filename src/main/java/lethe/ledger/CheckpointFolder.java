package lethe.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lethe.data.Checkpoint;
import lethe.data.DataException;

/**
 * The checkpoints of one stage, {@code <store>/checkpoints/<key>/}: the newest two, each one file
 * with its number and SHA-256 in its name. One that was torn or altered is deleted and the one
 * before it taken. Used by one thread at a time.
 */
public final class CheckpointFolder {
  private static final int KEPT = 2; // the newest may be torn
  private static final String DRAFT = "draft.";
  private static final Pattern NAME =
      Pattern.compile("(?<number>[0-9]{8})-(?<sha>[0-9a-f]{64})\\.safetensors");

  private final Path store;
  private final Path all;
  private final Path folder;
  private final Failpoint.Hook failpoints;

  /**
   * @param store its root
   * @param name of the folder
   */
  CheckpointFolder(Path store, String name, Failpoint.Hook failpoints) {
    this.store = store;
    this.all = store.resolve(ArtifactStore.CHECKPOINTS);
    this.folder = all.resolve(name);
    this.failpoints = failpoints;
  }

  /**
   * The newest checkpoint that is whole; empty where there is none. Drops those that are not, and
   * what the dead left half written.
   */
  public Optional<Checkpoint> newest() throws IOException {
    for (Path draft : all(file -> file.getFileName().toString().startsWith(DRAFT))) {
      Files.deleteIfExists(draft);
    }
    for (Path file : newestFirst()) {
      Optional<Checkpoint> checkpoint = read(file);
      if (checkpoint.isPresent()) {
        return checkpoint;
      }
      Files.deleteIfExists(file);
    }
    return Optional.empty();
  }

  private static Optional<Checkpoint> read(Path file) throws IOException {
    if (!Checksums.sha256(file).equals(match(file).group("sha"))) {
      return Optional.empty();
    }
    try {
      return Optional.of(Checkpoint.read(file));
    } catch (DataException e) {
      return Optional.empty(); // whole, but of another version of this program
    }
  }

  /**
   * Adds a checkpoint, which is on the disk when this returns, and drops all but the newest two.
   */
  public void add(Checkpoint checkpoint) throws IOException {
    ArtifactStore.ensure(all);
    ArtifactStore.ensure(folder);
    List<Path> before = newestFirst();
    int number = before.isEmpty() ? 1 : number(before.get(0)) + 1;
    Path draft = folder.resolve(DRAFT + ProcessHandle.current().pid());
    try {
      checkpoint.write(draft);
      Checksums.force(draft);
      failpoints.reached(Failpoint.CHECKPOINT_WRITTEN);
      String name =
          String.format(Locale.ROOT, "%08d-%s.safetensors", number, Checksums.sha256(draft));
      Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft); // half of one, on a full disk
    }
    Checksums.force(folder);
    failpoints.reached(Failpoint.CHECKPOINT_PLACED);
    for (Path old : before.subList(Math.min(KEPT - 1, before.size()), before.size())) {
      Files.deleteIfExists(old);
    }
  }

  /** What it means for a run that the disk took no checkpoint. */
  public StoreException refusal(IOException cause) {
    return new StoreException(store, cause);
  }

  /** Drops all of them: the stage is done. */
  public void clear() throws IOException {
    ArtifactStore.delete(folder);
  }

  private List<Path> newestFirst() throws IOException {
    return all(file -> match(file).matches()).stream()
        .sorted(Comparator.comparingInt(CheckpointFolder::number).reversed())
        .toList();
  }

  private List<Path> all(Predicate<Path> wanted) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(wanted).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static int number(Path file) {
    return Integer.parseInt(match(file).group("number"));
  }

  private static Matcher match(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    name.matches();
    return name;
  }
}
