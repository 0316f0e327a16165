package lethe.data.source;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import lethe.data.DataException;
import lethe.data.ImageSet;

/**
 * Decodes PNG files of 32 x 32 pixels. A grey image gets three equal planes. Samples are taken as
 * they are stored: Java's own conversion of grey to RGB would change them. For one thread.
 */
final class PngDecoder {
  private static final int PLANE = ImageSet.SIDE * ImageSet.SIDE;

  private static final int DEPTH = 24; // byte of the header with the bits of a sample
  private static final int COLOURS = 25;
  private static final byte PALETTE = 3;

  private final ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();

  /**
   * The red, green and blue plane, each row by row.
   *
   * @param place what sentences call the file
   * @throws DataException when it is cut or damaged, or has another size or other colours
   */
  byte[] decode(String place, byte[] file) {
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(stream, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if (width != ImageSet.SIDE || height != ImageSet.SIDE) {
        throw new DataException(
            "%s is %d x %d pixels, and must be 32 x 32.".formatted(place, width, height));
      }
      return planes(place, reader.read(0), file);
    } catch (IOException e) {
      throw new DataException(
          "%s is cut or damaged, or no PNG file (%s).".formatted(place, Damage.reason(e)), e);
    } finally {
      reader.reset();
    }
  }

  private static byte[] planes(String place, BufferedImage image, byte[] file) {
    Raster raster = image.getRaster();
    int channels = raster.getNumBands();
    boolean isIndexed = image.getColorModel() instanceof IndexColorModel; // few grey levels too
    boolean isPalette = file[COLOURS] == PALETTE;
    boolean ofBytes = Arrays.stream(raster.getSampleModel().getSampleSize()).allMatch(s -> s == 8);
    if (isIndexed || !ofBytes || (channels != 1 && channels != ImageSet.CHANNELS)) {
      throw new DataException(
          "%s has %s, and must have three channels (RGB) or one (grey) of 8 bits."
              .formatted(
                  place,
                  isPalette
                      ? "a palette"
                      : "%d %s of %d %s"
                          .formatted(
                              channels,
                              channels == 1 ? "channel" : "channels",
                              file[DEPTH],
                              file[DEPTH] == 1 ? "bit" : "bits")));
    }
    byte[] planes = new byte[ImageSet.BYTES];
    for (int c = 0; c < ImageSet.CHANNELS; c++) {
      int[] samples =
          raster.getSamples(
              0, 0, ImageSet.SIDE, ImageSet.SIDE, Math.min(c, channels - 1), (int[]) null);
      for (int i = 0; i < PLANE; i++) {
        planes[c * PLANE + i] = (byte) samples[i];
      }
    }
    return planes;
  }
}
