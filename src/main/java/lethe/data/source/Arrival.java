package lethe.data.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the bytes of one answer behind those that are kept, or over them where the server sends
 * the whole file. What is no such answer is passed over. Bytes come on threads of the client.
 */
final class Arrival implements BodyHandler<Void> {
  static final int WHOLE = 200;
  static final int REST = 206;

  /** No byte is there behind those that are kept. */
  static final int NOTHING_MORE = 416;

  private final FileChannel part;
  private volatile long end;
  private volatile @Nullable IOException refusal;

  /**
   * @param part open for writing; all it has is kept
   */
  Arrival(FileChannel part) throws IOException {
    this.part = part;
    this.end = part.size();
  }

  @Override
  public BodySubscriber<Void> apply(ResponseInfo answer) {
    if (answer.statusCode() == WHOLE) {
      startAnew();
    } else if (answer.statusCode() != REST) {
      return BodySubscribers.discarding();
    }
    return BodySubscribers.ofByteArrayConsumer(bytes -> bytes.ifPresent(this::append));
  }

  private void startAnew() {
    try {
      if (end > 0) {
        part.truncate(0);
      }
      end = 0;
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private void append(byte[] bytes) {
    try {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      long at = end; // no other thread writes
      while (left.hasRemaining()) {
        at += part.write(left, at);
        end = at;
      }
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private UncheckedIOException refused(IOException e) {
    refusal = e;
    return new UncheckedIOException(e);
  }

  /** Bytes that are there, kept ones among them. */
  long end() {
    return end;
  }

  /** Why the disk took no more; empty while it does. */
  Optional<IOException> refusal() {
    return Optional.ofNullable(refusal);
  }
}
