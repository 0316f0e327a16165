package lethe.data.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import lethe.data.DataException;
import lethe.data.Dataset;
import lethe.data.Subset;
import lethe.plan.Settings;

/** One dataset where it lies: found, checked and read on demand. */
public interface DataSource {
  /** Its name in the catalogue. */
  String id();

  /**
   * What tells its images and labels from any others, in hexadecimal; part of stage keys. It does
   * not depend on how the files are packed.
   *
   * @throws DataException when files are missing, cut or wrong; names file and offset
   */
  String digest() throws IOException;

  /**
   * The digest, without reading every byte again where {@code cacheFolder} remembers it for files
   * of the same places, sizes and times of change. A folder that cannot be read or written only
   * costs time.
   *
   * @throws DataException as {@link #digest()}
   */
  default String digest(Path cacheFolder) throws IOException {
    return digest();
  }

  /**
   * Whether the files, as far as {@code cacheFolder} remembers them, are not those of {@code
   * digest}: place, size or time of change is another. No file is read; without files or memory
   * nothing is claimed.
   */
  default boolean differs(Path cacheFolder, String digest) throws IOException {
    return false;
  }

  /** Files that are missing and that its home offers; none where the data are there in any form. */
  default List<Download> missing() {
    return List.of();
  }

  /**
   * How many images there are. A source may count files without looking into them.
   *
   * @throws DataException as {@link #digest()}, for what it looks at
   */
  Counts counts() throws IOException;

  /**
   * Every image.
   *
   * @throws DataException as {@link #digest()}
   */
  Dataset load() throws IOException;

  /**
   * Whether the settings say how many images of a class are taken at most: a class that has fewer
   * gives all. Elsewhere a class must have as many as they say.
   */
  default boolean takesAtMost() {
    return false;
  }

  /**
   * The images a run uses, by chance and by class.
   *
   * @param whole what {@link #load()} gave
   * @param settings {@code train-per-class} and {@code test-per-class}
   * @throws DataException when a class has fewer images than it must
   */
  default Subset draw(Dataset whole, Settings settings, long seed) {
    int train = settings.integer("train-per-class");
    int test = settings.integer("test-per-class");
    return takesAtMost()
        ? Subset.drawAtMost(whole, train, test, seed)
        : Subset.draw(whole, train, test, seed);
  }

  /**
   * How many images a dataset has.
   *
   * @param classes class names, by class id
   * @param train training images, by class id
   * @param test test images, by class id
   */
  record Counts(List<String> classes, List<Integer> train, List<Integer> test) {
    public Counts {
      classes = List.copyOf(classes);
      train = List.copyOf(train);
      test = List.copyOf(test);
    }

    /**
     * What a run uses of them.
     *
     * @param settings {@code train-per-class} and {@code test-per-class}; 0 for all
     */
    public Counts drawn(Settings settings) {
      return new Counts(
          classes,
          atMost(train, settings.integer("train-per-class")),
          atMost(test, settings.integer("test-per-class")));
    }

    private static List<Integer> atMost(List<Integer> sizes, int most) {
      return most == 0 ? sizes : sizes.stream().map(size -> Math.min(size, most)).toList();
    }

    public int trainTotal() {
      return train.stream().mapToInt(Integer::intValue).sum();
    }

    public int testTotal() {
      return test.stream().mapToInt(Integer::intValue).sum();
    }
  }
}
