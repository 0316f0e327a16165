package lethe.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import lethe.plan.StageKey;

/** Reads an artifact whole and compares it with its manifest. */
final class Inspection {
  private Inspection() {}

  /**
   * How the artifact of a stage stands.
   *
   * @param folder where it is, or would be
   */
  static ArtifactStore.Standing of(StageKey key, Path folder) {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return new ArtifactStore.Missing();
    }
    if (!Files.isDirectory(folder)) {
      return new ArtifactStore.Altered("it is not a folder");
    }
    try {
      Manifest manifest = Manifest.read(folder.resolve(Manifest.FILE));
      Optional<String> fault = fault(key, folder, manifest);
      return fault.isPresent()
          ? new ArtifactStore.Altered(fault.get())
          : new ArtifactStore.Present(manifest);
    } catch (NoSuchFileException e) {
      return new ArtifactStore.Altered(
          "its file " + Path.of(e.getFile()).getFileName() + " is missing");
    } catch (IOException | RuntimeException e) {
      return new ArtifactStore.Altered("its " + Manifest.FILE + " cannot be read");
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
