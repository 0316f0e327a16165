package lethe.data.source;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import lethe.data.DataException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches files of datasets from their homes. Bytes gather in {@code NAME.part} beside the file's
 * place; it is kept when the connection breaks, and the next time only the rest is asked for. The
 * file is moved into place whole, when its MD5 is right.
 *
 * <p>The checksum decides whatever a server says of itself: a file that was continued and has
 * another MD5 (the one at home has changed meanwhile, or the answer was of another place) is
 * fetched once more from its first byte. One that came in one piece and has another MD5 is thrown
 * away.
 *
 * <p>A lock of the operating system on the {@code .part} keeps other processes out; they wait, and
 * find the file in its place. While the file is missing, a {@code .part} is emptied and never
 * deleted: who waits for the lock of a deleted file would get it beside the owner of the next.
 */
public final class Fetch {
  private static final Logger LOG = LoggerFactory.getLogger(Fetch.class);
  private static final Duration INTERVAL = Duration.ofSeconds(10); // between lines of progress
  private static final Duration CONNECT = Duration.ofSeconds(30);
  private static final int PATIENCE = 6; // intervals without a byte, a minute in all
  private static final long PAUSE_NANOS = 200_000_000L;

  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NORMAL) // not from https to http
          .version(HttpClient.Version.HTTP_1_1) // an old server need not hear of an upgrade
          .connectTimeout(CONNECT)
          .build();

  private final Duration interval;

  public Fetch() {
    this(INTERVAL);
  }

  /**
   * @param interval between lines of progress; {@value #PATIENCE} without a byte are a broken
   *     connection
   */
  Fetch(Duration interval) {
    this.interval = interval;
  }

  /**
   * Brings a file to its place; at once where it is there.
   *
   * @throws DataException when it cannot be had, or is another file than the one that is meant
   * @throws IOException when the disk refuses
   */
  public void get(Download file) throws IOException {
    Path place = file.place().toAbsolutePath();
    if (Files.exists(place)) {
      return;
    }
    Files.createDirectories(place.getParent());
    Path part = place.resolveSibling(file.name() + ".part");
    try (FileChannel bytes =
            FileChannel.open(
                part,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock lock = lock(bytes, file)) {
      if (Files.exists(place)) {
        Files.deleteIfExists(part); // another process was here first and moved its own
        return;
      }
      complete(file, part, bytes);
      bytes.force(true);
      Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
      LOG.info("{} is there and its MD5 is right", place);
    }
  }

  private static FileLock lock(FileChannel part, Download file) throws IOException {
    boolean said = false;
    while (true) {
      FileLock lock = tryLock(part);
      if (lock != null) {
        return lock;
      }
      if (!said) {
        LOG.info("Another process is fetching {}: waiting for it", file.name());
        said = true;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel part) throws IOException {
    try {
      return part.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this very process has it
    }
  }

  /** Makes {@code part} the whole file. */
  private void complete(Download file, Path part, FileChannel bytes) throws IOException {
    boolean whole = receive(file, part, bytes);
    String found = md5(bytes);
    if (!whole && !found.equals(file.md5())) {
      LOG.info("{} is not what was begun: starting anew", file.name());
      bytes.truncate(0);
      receive(file, part, bytes);
      found = md5(bytes);
    }
    if (!found.equals(file.md5())) {
      bytes.truncate(0);
      throw new DataException(
          "%s from %s has the MD5 %s and must have %s: what came is thrown away."
              .formatted(file.name(), file.address(), found, file.md5()));
    }
  }

  /** Adds what is missing behind the bytes of {@code part}; whether all of them came just now. */
  private boolean receive(Download file, Path part, FileChannel bytes) throws IOException {
    long kept = bytes.size();
    HttpRequest.Builder request = HttpRequest.newBuilder(file.address());
    if (kept > 0) {
      request.header("Range", "bytes=" + kept + "-");
    }
    LOG.info("Fetching {} from {}: {}", file.name(), file.address(), file.progress(kept));
    Arrival arrival = new Arrival(bytes);
    try {
      int status = await(client.sendAsync(request.build(), arrival), arrival, file).statusCode();
      boolean goesOn = kept > 0 && (status == Arrival.REST || status == Arrival.NOTHING_MORE);
      if (status != Arrival.WHOLE && !goesOn) {
        throw failed(file, "the server answers " + status);
      }
      return !goesOn;
    } catch (ExecutionException e) {
      Optional<IOException> refusal = arrival.refusal();
      if (refusal.isPresent()) {
        throw new FileSystemException(part.toString(), null, Damage.reason(refusal.get()));
      }
      throw failed(
          file,
          arrival.end() == kept ? reason(e) : "it broke off at " + file.progress(arrival.end()));
    }
  }

  /** Waits for the answer's last byte, a line of progress now and then. */
  private HttpResponse<Void> await(
      CompletableFuture<HttpResponse<Void>> answer, Arrival arrival, Download file)
      throws ExecutionException {
    long before = arrival.end();
    int silent = 0;
    while (true) {
      try {
        return answer.get(interval.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        silent = arrival.end() == before ? silent + 1 : 0;
        before = arrival.end();
        if (silent == PATIENCE) {
          answer.cancel(true);
          throw failed(file, "no more came after " + file.progress(before));
        }
        LOG.info("{}: {}", file.name(), file.progress(before));
      } catch (InterruptedException e) {
        answer.cancel(true);
        Thread.currentThread().interrupt();
        throw failed(file, "it was interrupted at " + file.progress(before));
      }
    }
  }

  /**
   * In words, where the client has none: its exceptions for no connection are without a message.
   */
  private static String reason(ExecutionException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "no host of that name is known";
      }
      if (cause instanceof HttpConnectTimeoutException) {
        return "no answer in %d seconds".formatted(CONNECT.toSeconds());
      }
    }
    return e.getCause() instanceof ConnectException ? "no connection" : Damage.reason(e);
  }

  /** The checksum of a file that is there, in hexadecimal. */
  static String md5(Path file) throws IOException {
    try (FileChannel bytes = FileChannel.open(file, StandardOpenOption.READ)) {
      return md5(bytes);
    }
  }

  private static String md5(FileChannel bytes) throws IOException {
    MessageDigest md5 = Cifar10Files.digest("MD5");
    ByteBuffer some = ByteBuffer.allocate(1 << 16);
    for (long at = 0; at < bytes.size(); at += some.limit()) {
      bytes.read(some.clear(), at);
      md5.update(some.flip());
    }
    return HexFormat.of().formatHex(md5.digest());
  }

  private static DataException failed(Download file, String reason) {
    return new DataException(
        "%s cannot be fetched (%s): run again to go on, or put the file in %s by hand."
            .formatted(file.address(), reason, file.place().toAbsolutePath().getParent()));
  }
}
