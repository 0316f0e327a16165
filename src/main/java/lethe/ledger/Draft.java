package lethe.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import lethe.plan.Stage;
import lethe.plan.StageKey;

/**
 * An artifact in the making. {@link #write} plain files into {@link #folder} (no folders inside),
 * then {@link #keep} it; closing a draft that was not kept drops it.
 */
public final class Draft implements AutoCloseable {
  private final ArtifactStore store;
  private final Path folder;
  private final StageKey key;
  private final Stage stage;

  Draft(ArtifactStore store, Path folder, StageKey key, Stage stage) {
    this.store = store;
    this.folder = folder;
    this.key = key;
    this.stage = stage;
  }

  public Path folder() {
    return folder;
  }

  /** Where to write the file {@code name}. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Writes the files of an artifact. */
  @FunctionalInterface
  public interface Content {
    void into(Draft draft) throws IOException;
  }

  /**
   * Writes the files of the artifact.
   *
   * @throws StoreException when the store takes nothing
   * @throws UncheckedIOException when the content itself cannot be written down
   */
  public void write(Content content) throws StoreException {
    try {
      content.into(this);
      store.failpoints().reached(Failpoint.ARTIFACT_WRITTEN);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      throw new StoreException(store.root(), e);
    }
  }

  StageKey key() {
    return key;
  }

  /**
   * Forces the files to the disk and moves the artifact into place.
   *
   * @return the manifest of the artifact that stands; when one with sound checksums stood there
   *     already, it stays and its manifest is the answer
   * @throws StoreException when the store takes nothing
   */
  public Manifest keep(
      SortedMap<String, Double> seconds, List<String> flags, SortedMap<String, String> provenance)
      throws StoreException {
    try {
      return seal(seconds, flags, provenance);
    } catch (IOException e) {
      throw new StoreException(store.root(), e);
    }
  }

  private Manifest seal(
      SortedMap<String, Double> seconds, List<String> flags, SortedMap<String, String> provenance)
      throws IOException {
    List<Manifest.Entry> files = new ArrayList<>();
    List<Path> written;
    try (Stream<Path> all = Files.list(folder)) {
      written = all.sorted().toList();
    }
    for (Path file : written) {
      Checksums.force(file);
      files.add(
          new Manifest.Entry(
              file.getFileName().toString(), Files.size(file), Checksums.sha256(file)));
    }
    Manifest manifest =
        new Manifest(
            key.hex(),
            stage.kind().id(),
            Manifest.digestOf(files),
            files,
            seconds,
            flags,
            stage.ingredients(),
            provenance);
    Path list = folder.resolve(Manifest.FILE);
    manifest.write(list);
    Checksums.force(list);
    Checksums.force(folder);
    store.failpoints().reached(Failpoint.ARTIFACT_SEALED);
    return store.place(this, manifest);
  }

  @Override
  public void close() throws StoreException {
    try {
      ArtifactStore.delete(folder);
    } catch (IOException e) {
      throw new StoreException(store.root(), e);
    }
  }
}
