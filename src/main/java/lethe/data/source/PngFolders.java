package lethe.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import lethe.data.DataException;

/**
 * PNG files in folders: {@code train/CLASS/NAME.png} and {@code test/CLASS/NAME.png}.
 *
 * @param title what sentences call the dataset
 * @param classes every one has a folder in both parts
 */
record PngFolders(String title, Path folder, List<String> classes) implements PngFiles {
  static final int MOST = 1 << 20; // bytes of 32 x 32 pixels, with room for notes

  PngFolders {
    classes = List.copyOf(classes);
  }

  @Override
  public <T> SortedMap<Place, T> read(Reader<T> reader) throws IOException {
    SortedMap<Place, T> found = new TreeMap<>();
    for (SortedMap.Entry<Place, Path> file : listed().entrySet()) {
      Path path = file.getValue();
      found.put(file.getKey(), reader.read(path.toString(), Intake.readAll(path, MOST)));
    }
    return found;
  }

  @Override
  public Iterable<Place> places() throws IOException {
    return listed().keySet();
  }

  /** See {@link ScanCache#stampOf}. */
  String stamp() throws IOException {
    return ScanCache.stampOf(listed().values());
  }

  private SortedMap<Place, Path> listed() throws IOException {
    SortedMap<Place, Path> found = new TreeMap<>();
    for (String part : PARTS) {
      for (int label = 0; label < classes.size(); label++) {
        Path ofClass = folder.resolve(part).resolve(classes.get(label));
        if (!Files.isDirectory(ofClass)) {
          throw new DataException(
              "%s has no folder %s: train and test have one for each of the %d classes."
                  .formatted(title, ofClass, classes.size()));
        }
        try (Stream<Path> files = Files.list(ofClass)) {
          for (Path file : (Iterable<Path>) files::iterator) {
            place(part, label, file.getFileName().toString()).ifPresent(p -> found.put(p, file));
          }
        }
      }
    }
    requireEveryClass(found, folder.toString());
    return found;
  }

  /**
   * Where an image of this name stands; nothing for files that are no images: systems leave notes
   * of their own in folders.
   *
   * @param label -1 for no class
   */
  static Optional<Place> place(String part, int label, String name) {
    boolean isImage = name.toLowerCase(Locale.ROOT).endsWith(".png") && !name.startsWith(".");
    return isImage && label >= 0 && PARTS.contains(part)
        ? Optional.of(new Place(part.equals("test"), label, name))
        : Optional.empty();
  }

  /**
   * @param root what sentences call the place of both parts
   * @throws DataException when a class has no image
   */
  void requireEveryClass(SortedMap<Place, ?> found, String root) {
    for (String part : PARTS) {
      boolean isTest = part.equals("test");
      for (String name : classes) {
        int label = classes.indexOf(name);
        if (found.keySet().stream().noneMatch(p -> p.isTest() == isTest && p.label() == label)) {
          throw new DataException(
              "%s has no %s images of class %s: %s/%s/%s has no PNG file."
                  .formatted(title, isTest ? "test" : "training", name, root, part, name));
        }
      }
    }
  }
}
