package lethe.data.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import lethe.data.DataException;
import lethe.data.ImageSet;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5Reader;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Source;

/**
 * One MATLAB file (level 5, saved with -v6 or -v7) of digits: {@code X}, uint8 [32, 32, 3, n], and
 * {@code y}, uint8 [n, 1], where the digit 0 is stored as 10. MATLAB lays arrays out by columns:
 * the row of a pixel varies fastest, then its column, its channel and the image.
 */
final class SvhnFile {
  private static final long MOST = 1L << 30; // bytes; all images of the larger file are 225 MB
  private static final String IMAGES = "X";
  private static final String LABELS = "y";
  private static final int SIDE = ImageSet.SIDE;
  private static final int TEN = 10; // how the files write the digit 0

  private final Matrix images;
  private final int[] labels;

  private SvhnFile(Matrix images, int[] labels) {
    this.images = images;
    this.labels = labels;
  }

  /**
   * Reads a file that exists.
   *
   * @throws DataException when it is cut, damaged, or holds something else
   */
  static SvhnFile read(Path file) throws IOException {
    Map<String, String> seen = new TreeMap<>();
    Intake.require(file, MOST);
    try {
      MatChecksums.verify(file);
    } catch (IOException e) {
      throw Damage.of(file, e);
    }
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        // Not the Sources of this room. Read as a stream: a mapped file could not be replaced.
        Source source = us.hebi.matlab.mat.types.Sources.wrapInputStream(stream)) {
      MatFile content =
          Mat5.newReader(source).setEntryFilter(header -> isWanted(header, seen)).readMat();
      Matrix images = matrix(content, IMAGES, seen, file);
      int[] labels = labels(matrix(content, LABELS, seen, file), file);
      int count = images.getNumElements() / ImageSet.BYTES;
      if (count != labels.length) {
        throw new DataException(
            "%s has %,d images in X but %,d labels in y.".formatted(file, count, labels.length));
      }
      if (count == 0) {
        throw new DataException(file + " has no images.");
      }
      return new SvhnFile(images, labels);
    } catch (IOException e) {
      throw Damage.of(file, e);
    }
  }

  int size() {
    return labels.length;
  }

  /** The digit of an image, which is its class id. */
  int label(int image) {
    return labels[image];
  }

  /** Writes the pixels of an image to {@code to} from {@code at}: planes, each row by row. */
  void copy(int image, byte[] to, int at) {
    for (int channel = 0; channel < ImageSet.CHANNELS; channel++) {
      int from = image * ImageSet.BYTES + channel * SIDE * SIDE;
      int plane = at + channel * SIDE * SIDE;
      for (int i = 0; i < SIDE * SIDE; i++) {
        to[plane + i % SIDE * SIDE + i / SIDE] = images.getByte(from + i); // i: row fastest
      }
    }
  }

  ImageSet images() {
    byte[] pixels = new byte[size() * ImageSet.BYTES];
    for (int i = 0; i < size(); i++) {
      copy(i, pixels, i * ImageSet.BYTES);
    }
    return new ImageSet(pixels, labels);
  }

  /**
   * Whether a variable is to be read, judged before memory is taken for it.
   *
   * @param seen takes up type and shape of every variable, by name
   */
  private static boolean isWanted(Mat5Reader.EntryHeader header, Map<String, String> seen) {
    int[] shape = header.getDimensions();
    seen.put(header.getName(), header.getType() + " " + Arrays.toString(shape));
    boolean isBytes = header.getType() == MatlabType.UInt8 && !header.isComplex();
    return switch (header.getName()) {
      case IMAGES -> isBytes && isImages(shape);
      case LABELS -> isBytes && shape.length == 2 && shape[1] == 1;
      default -> false;
    };
  }

  /** MATLAB drops a last dimension of 1: a single image is [32, 32, 3]. */
  private static boolean isImages(int[] shape) {
    return (shape.length == 3 || shape.length == 4)
        && shape[0] == SIDE
        && shape[1] == SIDE
        && shape[2] == ImageSet.CHANNELS;
  }

  private static Matrix matrix(MatFile content, String name, Map<String, String> seen, Path file) {
    for (MatFile.Entry entry : content.getEntries()) {
      if (entry.getName().equals(name) && entry.getValue() instanceof Matrix matrix) {
        return matrix;
      }
    }
    String other = seen.get(name);
    if (other != null) {
      throw new DataException(
          "%s: %s is %s, and SVHN has %s."
              .formatted(
                  file,
                  name,
                  other,
                  name.equals(IMAGES) ? "uint8 [32, 32, 3, n]" : "uint8 [n, 1]"));
    }
    throw new DataException(
        "%s has no variable %s: SVHN has X and y, and this file has %s."
            .formatted(file, name, seen.isEmpty() ? "none" : String.join(", ", seen.keySet())));
  }

  private static int[] labels(Matrix stored, Path file) {
    int[] labels = new int[stored.getNumElements()];
    for (int i = 0; i < labels.length; i++) {
      int label = Byte.toUnsignedInt(stored.getByte(i));
      if (label < 1 || label > TEN) {
        throw new DataException(
            "%s has the label %d at image %d, counted from 0, and SVHN has the labels 1 to 10."
                .formatted(file, label, i));
      }
      labels[i] = label % TEN;
    }
    return labels;
  }
}
