package lethe.data.source;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Inflates every compressed variable of a MATLAB file to its end, where its Adler-32 stands: the
 * library that reads the file stops before it, and a damaged byte would be another pixel. What is
 * not compressed (-v6) has no checksum.
 */
final class MatChecksums {
  private static final int HEADER = 128; // bytes: a text, version 0x0100 and two letters
  private static final int COMPRESSED = 15; // miCOMPRESSED

  private final InputStream file;
  private final byte[] packed = new byte[1 << 16];
  private final byte[] unpacked = new byte[1 << 16];

  private MatChecksums(InputStream file) {
    this.file = file;
  }

  /**
   * @throws IOException where a compressed variable is cut or damaged
   */
  static void verify(Path file) throws IOException {
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      new MatChecksums(stream).verify();
    }
  }

  private void verify() throws IOException {
    byte[] header = file.readNBytes(HEADER);
    if (header.length < HEADER) {
      throw new EOFException();
    }
    boolean little = header[HEADER - 2] == 'I' && header[HEADER - 1] == 'M';
    if (!little && !(header[HEADER - 2] == 'M' && header[HEADER - 1] == 'I')) {
      return; // no such file, as its reader will say
    }
    ByteOrder order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    byte[] tag = file.readNBytes(2 * Integer.BYTES);
    while (tag.length > 0) {
      if (tag.length < 2 * Integer.BYTES) {
        throw new EOFException();
      }
      ByteBuffer words = ByteBuffer.wrap(tag).order(order);
      int type = words.getInt();
      long size = Integer.toUnsignedLong(words.getInt());
      if (type == COMPRESSED) {
        inflate(size);
      } else {
        file.skipNBytes(size);
      }
      tag = file.readNBytes(2 * Integer.BYTES);
    }
  }

  private void inflate(long size) throws IOException {
    Inflater inflater = new Inflater();
    try {
      long left = size;
      while (!inflater.finished()) {
        if (inflater.needsDictionary()) {
          throw new ZipException("a dictionary is missing");
        }
        if (inflater.needsInput()) {
          int count = file.readNBytes(packed, 0, (int) Math.min(packed.length, left));
          if (count == 0) {
            throw new EOFException();
          }
          left -= count;
          inflater.setInput(packed, 0, count);
        }
        inflater.inflate(unpacked);
      }
      file.skipNBytes(left);
    } catch (DataFormatException e) {
      throw new ZipException(e.getMessage() == null ? "no zlib stream" : e.getMessage());
    } finally {
      inflater.end();
    }
  }
}
