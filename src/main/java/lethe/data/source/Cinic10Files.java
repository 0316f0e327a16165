package lethe.data.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import lethe.data.DataException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Where the files of CINIC-10 lie: a folder or, without it, the archive as it is offered for
 * download. The archive is read in memory and nothing of it is written, so no path in it can lead
 * anywhere; of each path only part, class and file name count.
 */
record Cinic10Files(Path dataDir) implements PngFiles {
  private static final String FOLDER = "CINIC-10";
  private static final String ARCHIVE = "CINIC-10.tar.gz";
  private static final String HOME = "https://datashare.ed.ac.uk/bitstream/handle/10283/3192/";

  /** See {@link DataSource#missing()}. */
  List<Download> missing() {
    return offered().unless(folder());
  }

  /**
   * What is read and has a published checksum: the archive has one, its single images have none.
   */
  List<Download> withChecksum() {
    return isFolder() ? List.of() : List.of(offered());
  }

  private Download offered() {
    return Download.of(HOME, ARCHIVE, dataDir, 687_544_992, "6ee4d0c996905fe93221de577967a372");
  }

  @Override
  public List<String> classes() {
    return Cifar10.CLASSES;
  }

  @Override
  public <T> SortedMap<Place, T> read(Reader<T> reader) throws IOException {
    if (isFolder()) {
      return folders().read(reader);
    }
    SortedMap<Place, T> found = new TreeMap<>();
    unpack(reader, found);
    folders().requireEveryClass(found, archive() + "!");
    return found;
  }

  @Override
  public Iterable<Place> places() throws IOException {
    return isFolder() ? folders().places() : read((place, file) -> true).keySet();
  }

  /** See {@link ScanCache#stampOf}. */
  String stamp() throws IOException {
    return isFolder() ? folders().stamp() : ScanCache.stampOf(List.of(archive()));
  }

  private PngFolders folders() {
    return new PngFolders("CINIC-10", folder(), classes());
  }

  private boolean isFolder() {
    Intake.requireOpen(folder());
    if (Files.isDirectory(folder())) {
      return true;
    }
    if (Files.exists(archive())) {
      return false;
    }
    throw new DataException(
        "CINIC-10 is missing: its folders train and test belong in %s, or %s in %s; %s."
            .formatted(folder(), offered().offer(), dataDir, Download.PERMISSION));
  }

  private <T> void unpack(Reader<T> reader, SortedMap<Place, T> found) throws IOException {
    Intake.require(archive(), Long.MAX_VALUE);
    try (InputStream file = Files.newInputStream(archive());
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new GzipCompressorInputStream(new BufferedInputStream(file, 1 << 16)))) {
      TarArchiveEntry entry = tar.getNextEntry();
      while (entry != null) {
        Optional<Place> place = entry.isFile() ? place(entry.getName()) : Optional.empty();
        if (place.isPresent()) {
          String name = archive() + "!/" + entry.getName();
          found.put(place.get(), reader.read(name, Intake.readEntry(tar, name, PngFolders.MOST)));
        }
        entry = tar.getNextEntry();
      }
    } catch (IOException e) {
      throw Damage.of(archive(), e);
    }
  }

  /** The last three steps of a path in the archive: part, class and file name. */
  private static Optional<Place> place(String path) {
    String[] steps = path.split("/");
    int last = steps.length - 1;
    return last < 2
        ? Optional.empty()
        : PngFolders.place(steps[last - 2], Cifar10.CLASSES.indexOf(steps[last - 1]), steps[last]);
  }

  private Path folder() {
    return dataDir.resolve(FOLDER);
  }

  private Path archive() {
    return dataDir.resolve(ARCHIVE);
  }
}
