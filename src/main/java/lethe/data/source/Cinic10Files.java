package lethe.data.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import lethe.data.DataException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Where the files of CINIC-10 lie: a folder or, without it, the archive as it is offered for
 * download. The archive is read in memory and nothing of it is written, so no path in it can lead
 * anywhere; of each path only part, class and file name count.
 */
record Cinic10Files(Path dataDir) {
  private static final String FOLDER = "CINIC-10";
  private static final String ARCHIVE = "CINIC-10.tar.gz";
  private static final String HOME = "https://datashare.ed.ac.uk/bitstream/handle/10283/3192/";
  private static final List<String> PARTS = List.of("train", "test"); // "valid" is not used

  /** See {@link DataSource#missing()}. */
  List<Download> missing() {
    return offered().unless(folder());
  }

  private Download offered() {
    return Download.of(HOME, ARCHIVE, dataDir, 687_544_992, "6ee4d0c996905fe93221de577967a372");
  }

  /**
   * Where an image stands. The order is that of the dataset: training images first, class by class,
   * by file name.
   */
  record Place(boolean isTest, int label, String name) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::isTest).thenComparing(Place::label).thenComparing(Place::name);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /** What becomes of a file. */
  interface Reader<T> {
    /**
     * @param place what sentences call it
     */
    T read(String place, byte[] file);
  }

  /**
   * Reads every image file of the training and the test part.
   *
   * @throws DataException when files are missing or the archive is cut
   */
  <T> SortedMap<Place, T> read(Reader<T> reader) throws IOException {
    SortedMap<Place, T> found = new TreeMap<>();
    if (isFolder()) {
      for (SortedMap.Entry<Place, Path> file : listed().entrySet()) {
        Path path = file.getValue();
        found.put(file.getKey(), reader.read(path.toString(), Damage.readAll(path)));
      }
    } else {
      unpack(reader, found);
      requireEveryClass(found);
    }
    return found;
  }

  /** Where images stand, without reading the files of a folder. */
  Iterable<Place> places() throws IOException {
    return isFolder() ? listed().keySet() : read((place, file) -> true).keySet();
  }

  /** See {@link ScanCache#stampOf}. */
  String stamp() throws IOException {
    return ScanCache.stampOf(isFolder() ? listed().values() : List.of(archive()));
  }

  private boolean isFolder() {
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

  private SortedMap<Place, Path> listed() throws IOException {
    SortedMap<Place, Path> found = new TreeMap<>();
    for (String part : PARTS) {
      for (int label = 0; label < Cifar10.CLASSES.size(); label++) {
        Path ofClass = folder().resolve(part).resolve(Cifar10.CLASSES.get(label));
        if (!Files.isDirectory(ofClass)) {
          throw new DataException(
              "CINIC-10 has no folder %s: train and test have one for each of the ten classes."
                  .formatted(ofClass));
        }
        try (Stream<Path> files = Files.list(ofClass)) {
          for (Path file : (Iterable<Path>) files::iterator) {
            place(part, label, file.getFileName().toString()).ifPresent(p -> found.put(p, file));
          }
        }
      }
    }
    requireEveryClass(found);
    return found;
  }

  private <T> void unpack(Reader<T> reader, SortedMap<Place, T> found) throws IOException {
    try (InputStream file = Files.newInputStream(archive());
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new GzipCompressorInputStream(new BufferedInputStream(file, 1 << 16)))) {
      TarArchiveEntry entry = tar.getNextEntry();
      while (entry != null) {
        Optional<Place> place = entry.isFile() ? place(entry.getName()) : Optional.empty();
        if (place.isPresent()) {
          String name = archive() + "!/" + entry.getName();
          found.put(place.get(), reader.read(name, tar.readAllBytes()));
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
        : place(steps[last - 2], Cifar10.CLASSES.indexOf(steps[last - 1]), steps[last]);
  }

  /** Nothing for files that are no images: systems leave notes of their own in folders. */
  private static Optional<Place> place(String part, int label, String name) {
    boolean isImage = name.toLowerCase(Locale.ROOT).endsWith(".png") && !name.startsWith(".");
    return isImage && label >= 0 && PARTS.contains(part)
        ? Optional.of(new Place(part.equals("test"), label, name))
        : Optional.empty();
  }

  private void requireEveryClass(SortedMap<Place, ?> found) {
    for (String part : PARTS) {
      boolean isTest = part.equals("test");
      for (String name : Cifar10.CLASSES) {
        int label = Cifar10.CLASSES.indexOf(name);
        if (found.keySet().stream().noneMatch(p -> p.isTest() == isTest && p.label() == label)) {
          String root = Files.isDirectory(folder()) ? folder().toString() : archive() + "!";
          throw new DataException(
              "CINIC-10 has no %s images of class %s: %s/%s/%s has no PNG file."
                  .formatted(isTest ? "test" : "training", name, root, part, name));
        }
      }
    }
  }

  private Path folder() {
    return dataDir.resolve(FOLDER);
  }

  private Path archive() {
    return dataDir.resolve(ARCHIVE);
  }
}
