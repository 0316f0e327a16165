package lethe.data.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A server on this machine that offers one file, and may be told to misbehave. */
public final class FileHome implements AutoCloseable {
  private static final int NO_BODY = -1; // in place of its length

  private final String path;
  private final byte[] file;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicLong sent = new AtomicLong();
  private volatile int breaksOffAt;
  private volatile boolean knowsRanges = true;
  private volatile int rangesFrom;
  private volatile boolean fallsSilent;
  private volatile Duration pause = Duration.ZERO;

  /**
   * @param path where on this server the file is
   */
  public FileHome(String path, byte[] file) throws IOException {
    this.path = path;
    this.file = file;
    this.breaksOffAt = file.length;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(path, this::answer);
    server.createContext("/moved", this::redirect);
    server.start();
  }

  public URI address() {
    return at(path);
  }

  /** An address that sends on to {@link #address()}. */
  URI redirecting() {
    return at("/moved");
  }

  /** Whoever asks this proxy for any server is answered here. */
  public ProxySelector proxy() {
    return ProxySelector.of(server.getAddress());
  }

  private URI at(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  /** The Range of each request for the file, or "whole". */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /** Bytes of the file that left this home. */
  long sent() {
    return sent.get();
  }

  void breakOffAfter(int bytes) {
    breaksOffAt = bytes;
  }

  void ignoreRanges() {
    knowsRanges = false;
  }

  /** Whatever rest is asked for, that from {@code first} on is sent. */
  void answerRangesFrom(int first) {
    rangesFrom = first;
  }

  void fallSilentAfter(int bytes) {
    breaksOffAt = bytes;
    fallsSilent = true;
  }

  void pauseInTheMiddle(Duration pause) {
    this.pause = pause;
  }

  private void redirect(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Location", address().toString());
    exchange.sendResponseHeaders(302, NO_BODY);
    exchange.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Optional<String> range = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"));
    asked.add(range.orElse("whole"));
    int from =
        range
            .filter(r -> knowsRanges)
            .map(r -> Integer.parseInt(r.replaceAll("\\D", "")))
            .orElse(0);
    if (from >= file.length) {
      exchange.sendResponseHeaders(416, NO_BODY);
      exchange.close();
      return;
    }
    if (from > 0) {
      from = rangesFrom > 0 ? rangesFrom : from;
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, file.length - 1, file.length));
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, file.length - from);
    send(exchange.getResponseBody(), from);
    exchange.close();
  }

  private void send(OutputStream out, int from) throws IOException {
    int middle = Math.max(from, Math.min(breaksOffAt, file.length / 2));
    write(out, from, middle);
    out.flush();
    rest(pause);
    write(out, middle, Math.max(middle, breaksOffAt));
    out.flush();
    if (fallsSilent) {
      rest(Duration.ofMinutes(1));
    }
  }

  private void write(OutputStream out, int from, int to) throws IOException {
    out.write(file, from, to - from);
    sent.addAndGet(to - from);
  }

  /** Until the time is over or the home closes. */
  private void rest(Duration time) {
    try {
      if (closing.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new UncheckedIOException(new IOException("closed"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
