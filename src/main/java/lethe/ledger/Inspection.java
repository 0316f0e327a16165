package lethe.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import lethe.plan.StageKey;

/** Reads an artifact whole and compares it with its manifest. */
final class Inspection {
  private Inspection() {}

  /**
   * How the artifact of a stage stands.
   *
   * @param folder where it is, or would be
   * @throws StoreException when the disk does not give it: that says nothing of the artifact
   */
  static ArtifactStore.Standing of(StageKey key, Path folder) throws StoreException {
    try {
      if (!Files.readAttributes(folder, BasicFileAttributes.class).isDirectory()) {
        return new ArtifactStore.Altered("it is not a folder");
      }
    } catch (NoSuchFileException e) {
      return Files.isSymbolicLink(folder)
          ? new ArtifactStore.Altered("it is a link to nothing")
          : new ArtifactStore.Missing();
    } catch (IOException e) { // Files.exists would say no
      throw StoreException.reading(folder, e);
    }
    Path card = folder.resolve(Manifest.FILE);
    try {
      if (Files.isDirectory(card)) {
        return new ArtifactStore.Altered("its " + Manifest.FILE + " is a folder");
      }
      Manifest manifest = Manifest.read(card);
      Optional<String> fault = fault(key, folder, manifest);
      return fault.isPresent()
          ? new ArtifactStore.Altered(fault.get())
          : new ArtifactStore.Present(manifest);
    } catch (NoSuchFileException e) {
      return new ArtifactStore.Altered(
          "its file " + Path.of(e.getFile()).getFileName() + " is missing");
    } catch (JsonProcessingException | RuntimeException e) {
      return new ArtifactStore.Altered("its " + Manifest.FILE + " cannot be read");
    } catch (IOException e) {
      throw StoreException.reading(folder, e);
    }
  }

  private static Optional<String> fault(StageKey key, Path folder, Manifest manifest)
      throws IOException {
    if (!manifest.key().equals(key.hex())) {
      return Optional.of("its " + Manifest.FILE + " is that of another stage");
    }
    if (!manifest.digest().equals(Manifest.digestOf(manifest.files()))) {
      return Optional.of("its " + Manifest.FILE + " contradicts itself");
    }
    for (Manifest.Entry entry : manifest.files()) {
      Path file = folder.resolve(entry.name());
      if (Files.size(file) != entry.bytes()) {
        return Optional.of(
            "its file %s has %d bytes, not %d"
                .formatted(entry.name(), Files.size(file), entry.bytes()));
      }
      if (!Checksums.sha256(file).equals(entry.sha256())) {
        return Optional.of("the checksum of its file " + entry.name() + " does not agree");
      }
    }
    return Optional.empty();
  }
}
