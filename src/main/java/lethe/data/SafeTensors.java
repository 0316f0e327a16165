package lethe.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file of named arrays in the safetensors format: 8 bytes little-endian header length, a JSON
 * header, then the values little-endian without gaps.
 *
 * <p>What is written depends on the content alone: names sorted, values in the order of the names,
 * the header padded with spaces to a multiple of 8 bytes. What other programs write is read too:
 * any order, any padding, {@code __metadata__}. Of the types of the format F32, I32 and U8 are
 * known.
 *
 * <p>Source: github.com/huggingface/safetensors, "Format".
 */
public final class SafeTensors {
  private SafeTensors() {}

  /** Writes {@code tensors} to {@code file}, in place of what is there. */
  public static void write(Path file, SortedMap<String, ? extends HostTensor> tensors)
      throws IOException {
    byte[] header = SafeTensorsHeader.of(tensors).json();
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      writeFully(channel, length.putLong(header.length).flip());
      writeFully(channel, ByteBuffer.wrap(header));
      for (HostTensor tensor : new TreeMap<>(tensors).values()) {
        writeFully(channel, littleEndian(tensor));
      }
    }
  }

  /**
   * Reads every array of {@code file}.
   *
   * @throws DataException when the file is cut or is not such a file; names file and offset
   */
  public static SortedMap<String, HostTensor> read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      SafeTensorsHeader header = readHeader(file, channel);
      SortedMap<String, HostTensor> tensors = new TreeMap<>();
      for (SafeTensorsHeader.Entry entry : header.entries()) {
        channel.position(header.dataStart() + entry.begin());
        ByteBuffer values = readFully(file, channel, Math.toIntExact(entry.end() - entry.begin()));
        tensors.put(entry.name(), tensor(entry, values));
      }
      return Collections.unmodifiableSortedMap(tensors);
    }
  }

  private static SafeTensorsHeader readHeader(Path file, FileChannel channel) throws IOException {
    long fileSize = channel.size();
    if (fileSize < Long.BYTES) {
      throw new DataException(
          file + " is cut at byte " + fileSize + ", inside the 8 bytes of the header's length.");
    }
    long length = readFully(file, channel, Long.BYTES).getLong();
    if (length < 2 || length > SafeTensorsHeader.LONGEST) {
      throw new DataException(
          file
              + " is no safetensors file: at byte 0 it says a header of "
              + Long.toUnsignedString(length)
              + " bytes, and 2 to "
              + SafeTensorsHeader.LONGEST
              + " are legal.");
    }
    if (fileSize - Long.BYTES < length) {
      throw new DataException(
          file
              + " is cut at byte "
              + fileSize
              + ", inside its header, which ends at byte "
              + (Long.BYTES + length)
              + ".");
    }
    ByteBuffer json = readFully(file, channel, Math.toIntExact(length));
    return SafeTensorsHeader.parse(file, json.array(), fileSize);
  }

  private static HostTensor tensor(SafeTensorsHeader.Entry entry, ByteBuffer values) {
    switch (entry.dtype()) {
      case "F32" -> {
        float[] floats = new float[values.remaining() / Float.BYTES];
        values.asFloatBuffer().get(floats);
        return new HostTensor.F32(entry.shape(), floats);
      }
      case "I32" -> {
        int[] ints = new int[values.remaining() / Integer.BYTES];
        values.asIntBuffer().get(ints);
        return new HostTensor.I32(entry.shape(), ints);
      }
      default -> {
        return new HostTensor.U8(entry.shape(), values.array());
      }
    }
  }

  private static ByteBuffer littleEndian(HostTensor tensor) {
    if (tensor instanceof HostTensor.U8 bytes) {
      return ByteBuffer.wrap(bytes.values());
    }
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.multiplyExact(tensor.size(), SafeTensorsHeader.width(tensor)))
            .order(ByteOrder.LITTLE_ENDIAN);
    if (tensor instanceof HostTensor.F32 floats) {
      buffer.asFloatBuffer().put(floats.values());
    } else {
      buffer.asIntBuffer().put(tensor.ints());
    }
    return buffer;
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ByteBuffer readFully(Path file, FileChannel channel, int count)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new DataException(file + " is cut at byte " + channel.position() + ".");
      }
    }
    return bytes.flip();
  }
}
