package lethe.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import lethe.plan.Stage;
import lethe.plan.StageKey;

/**
 * The results of stages, shared by all experiments: {@code <root>/<aa>/<key>/}, named by content
 * key and checked by checksum. An artifact is written as a draft, forced to the disk and moved into
 * place in one step, so a folder under its key is whole or was harmed later. Any number of threads
 * and processes may use one store.
 */
public final class ArtifactStore {
  static final String DRAFTS = "drafts";
  static final String ALTERED = "altered";
  static final String CHECKPOINTS = "checkpoints";
  private static final String REHEARSED = "rehearsed"; // an empty file a row

  private final Path root;
  private final Failpoint.Hook failpoints;
  private final AtomicLong drafts = new AtomicLong();

  /** How an artifact stands. */
  public sealed interface Standing {}

  /** It is there and every checksum agrees. */
  public record Present(Manifest manifest) implements Standing {
    public String digest() {
      return manifest.digest();
    }
  }

  /** It is not there. */
  public record Missing() implements Standing {}

  /** It is there, but not what was put there. */
  public record Altered(String reason) implements Standing {}

  private ArtifactStore(Path root, Failpoint.Hook failpoints) {
    this.root = root.toAbsolutePath().normalize();
    this.failpoints = failpoints;
  }

  /** Opens the store to read and write; makes its folders and clears away dead drafts. */
  public static ArtifactStore open(Path root) throws IOException {
    return open(root, Failpoint.Hook.NONE);
  }

  /** The same, with somebody who is told of moments between two effects. */
  public static ArtifactStore open(Path root, Failpoint.Hook failpoints) throws IOException {
    boolean fresh = !Files.exists(root.resolve(DRAFTS));
    Files.createDirectories(root.resolve(DRAFTS));
    if (fresh) {
      StoreUse.begin(root);
    }
    ArtifactStore store = new ArtifactStore(root, failpoints);
    for (Path dead : new Sweep(store.root).all()) {
      delete(dead);
    }
    return store;
  }

  /** The store to look at only; it need not exist, nothing is made or cleared away. */
  public static ArtifactStore view(Path root) {
    return new ArtifactStore(root, Failpoint.Hook.NONE);
  }

  public Path root() {
    return root;
  }

  /** Where the artifact of {@code key} is, or would be. */
  public Path folder(StageKey key) {
    return shelf(key).resolve(key.hex());
  }

  private Path shelf(StageKey key) {
    return root.resolve(key.hex().substring(0, 2)); // keeps folders short
  }

  /** One file of an artifact. */
  public Path file(StageKey key, String name) {
    return folder(key).resolve(name);
  }

  /**
   * Begins an artifact; {@link Draft#write} its files, then {@link Draft#keep} it.
   *
   * @throws StoreException when the store takes nothing
   */
  public Draft draft(StageKey key, Stage stage) throws StoreException {
    Path drafting = root.resolve(DRAFTS);
    try {
      ensure(drafting);
      while (true) {
        Path folder = drafting.resolve(draftName(key.hex()));
        if (!Files.exists(folder)) { // one of another store object in this process
          Files.createDirectory(folder);
          return new Draft(this, folder, key, stage);
        }
      }
    } catch (IOException e) {
      throw new StoreException(root, e);
    }
  }

  /** What the stage of {@code key} leaves on its way, to go on from when it is cut. */
  public CheckpointFolder checkpoints(StageKey key) {
    return new CheckpointFolder(root, key.hex(), failpoints);
  }

  /** Whether a row was rehearsed whose scores would have this key. */
  public boolean isRehearsed(StageKey scores) {
    return Files.exists(rehearsed(scores));
  }

  /** Remembers that a row was rehearsed. */
  public void markRehearsed(StageKey scores) throws IOException {
    ensure(root.resolve(REHEARSED));
    Files.write(rehearsed(scores), new byte[0]);
  }

  private Path rehearsed(StageKey scores) {
    return root.resolve(REHEARSED).resolve(scores.hex());
  }

  /** Who is told of moments between two effects. */
  public Failpoint.Hook failpoints() {
    return failpoints;
  }

  /**
   * Reads an artifact whole and compares every checksum.
   *
   * @throws StoreException when the disk does not give it
   */
  public Standing check(StageKey key) throws StoreException {
    return Inspection.of(key, folder(key));
  }

  /** The manifest of an artifact that is whole; empty where it is not, or the disk is mute. */
  public Optional<Manifest> whole(StageKey key) {
    try {
      return check(key) instanceof Present present
          ? Optional.of(present.manifest())
          : Optional.empty();
    } catch (StoreException e) {
      return Optional.empty();
    }
  }

  /** The manifest of an artifact, its files unchecked; empty where it does not read. */
  public Optional<Manifest> manifest(StageKey key) {
    try {
      return Optional.of(Manifest.read(folder(key).resolve(Manifest.FILE)));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** What {@code lethe plan} may ask a thousand times: whether a folder stands, unchecked. */
  public boolean exists(StageKey key) {
    return Files.exists(folder(key).resolve(Manifest.FILE));
  }

  /**
   * Moves an altered artifact out of the way, to {@code <root>/altered/}; nothing is deleted.
   *
   * @return where it went; empty when it was gone already
   */
  public Optional<Path> setAside(StageKey key) throws IOException {
    Path folder = folder(key);
    Path altered = root.resolve(ALTERED);
    ensure(altered);
    for (int n = 1; ; n++) {
      Path target = altered.resolve(key.hex() + "." + n);
      if (Files.exists(target)) {
        continue;
      }
      try {
        Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        return Optional.of(target);
      } catch (NoSuchFileException e) {
        return Optional.empty(); // another process was faster
      } catch (FileSystemException e) {
        if (!Files.exists(target)) {
          throw e;
        }
      }
    }
  }

  /** Makes a folder of the store, but never a store that has gone, as with its disk. */
  static void ensure(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      } // made before
    }
  }

  /** Moves a finished draft into place, or drops it when its like is there already. */
  Manifest place(Draft draft, Manifest manifest) throws IOException {
    Path target = folder(draft.key());
    ensure(shelf(draft.key()));
    while (true) {
      Standing standing = check(draft.key());
      if (standing instanceof Present present) {
        return present.manifest();
      }
      if (standing instanceof Altered) {
        setAside(draft.key());
      }
      try {
        Files.move(draft.folder(), target, StandardCopyOption.ATOMIC_MOVE);
        Checksums.force(shelf(draft.key()));
        failpoints.reached(Failpoint.ARTIFACT_PLACED);
        return manifest;
      } catch (AtomicMoveNotSupportedException | NoSuchFileException e) {
        throw e;
      } catch (FileSystemException e) {
        if (!Files.exists(target)) {
          throw e;
        } // another process put its like there just now: look again
      }
    }
  }

  /**
   * Moves what stands at {@code place} among the drafts of this process, in one step: whoever opens
   * the store after this process has died clears it away.
   *
   * @return where it went; empty when it was gone already
   */
  Optional<Path> putAway(Path place) throws IOException {
    ensure(root.resolve(DRAFTS));
    String key = "0" + place.getFileName().toString().replaceAll("[^0-9a-f].*", "");
    while (true) {
      Path target = root.resolve(DRAFTS).resolve(draftName(key));
      if (Files.exists(target)) {
        continue;
      }
      try {
        Files.move(place, target, StandardCopyOption.ATOMIC_MOVE);
        return Optional.of(target);
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    }
  }

  private String draftName(String key) {
    long pid = ProcessHandle.current().pid();
    return "%s.%s.%d.%d".formatted(key, Owner.host(), pid, drafts.incrementAndGet());
  }

  /** Deletes a folder and all that is in it; one that is gone already is no fault. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return; // another process was faster
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return;
      }
      throw e.getCause();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
