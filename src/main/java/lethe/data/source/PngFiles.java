package lethe.data.source;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import lethe.data.DataException;
import lethe.data.ImageSet;

/**
 * A dataset whose images are PNG files, a folder a class in a folder {@code train} and {@code
 * test}.
 */
interface PngFiles {
  List<String> PARTS = List.of("train", "test");

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

  /** Class names, by class id. */
  List<String> classes() throws IOException;

  /**
   * Reads every image file of both parts.
   *
   * @throws DataException when files are missing or damaged
   */
  <T> SortedMap<Place, T> read(Reader<T> reader) throws IOException;

  /** Where images stand, without looking into more of them than must be. */
  Iterable<Place> places() throws IOException;

  /** Images to train on and images to test on. */
  record Images(ImageSet train, ImageSet test) {}

  /** Every image. */
  default Images images() throws IOException {
    SortedMap<Place, byte[]> pixels = read(new PngDecoder()::decode);
    return new Images(takeOut(pixels, false), takeOut(pixels, true));
  }

  /** Moves the images of one part into a set: CINIC-10 twice in memory would take 1.1 GB. */
  private static ImageSet takeOut(SortedMap<Place, byte[]> pixels, boolean isTest) {
    int count = (int) pixels.keySet().stream().filter(p -> p.isTest() == isTest).count();
    byte[] all = new byte[count * ImageSet.BYTES];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      Place first = pixels.firstKey(); // training images come first
      labels[i] = first.label();
      byte[] image = pixels.remove(first);
      System.arraycopy(image, 0, all, i * ImageSet.BYTES, ImageSet.BYTES);
    }
    return new ImageSet(all, labels);
  }

  /** Counts files and decodes none: 180,000 take a while. */
  default DataSource.Counts counts() throws IOException {
    List<String> classes = classes();
    int[] train = new int[classes.size()];
    int[] test = new int[classes.size()];
    for (Place place : places()) {
      (place.isTest() ? test : train)[place.label()]++;
    }
    return new DataSource.Counts(
        classes, IntStream.of(train).boxed().toList(), IntStream.of(test).boxed().toList());
  }

  /** The look at every image. */
  default Scan scan() throws IOException {
    PngDecoder png = new PngDecoder();
    MessageDigest sha = Census.sha256();
    SortedMap<Place, byte[]> hashes = read((place, file) -> sha.digest(png.decode(place, file)));
    Census census = new Census(classes().size());
    hashes.forEach((place, hash) -> census.add(place.isTest(), place.label(), hash));
    return census.close();
  }
}
