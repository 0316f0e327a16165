package lethe.ledger;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The right to write into an experiment's folder: one process at a time. It is a lock of the
 * operating system on {@code owner.lock}, which ends with the process however that dies; {@code
 * owner.json} only tells others whom to look for.
 */
public final class Owner implements AutoCloseable {
  /** The file in a folder that is, or was, owned. */
  public static final String LOCK = "owner.lock";

  private static final String CARD = "owner.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int ATTEMPTS = 4; // whoever asks alive() holds the lock for an instant
  private static final long PAUSE_NANOS = 50_000_000L;

  private final Path folder;
  private final FileChannel channel;

  /** Who owns a folder. */
  public record Holder(long pid, String host, String started) {}

  /** Another process owns the folder. */
  public static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(Path folder, Optional<Holder> holder) {
      super(
          "Another Lethe process is at work in %s (%s): let it finish or stop it first."
              .formatted(
                  folder,
                  holder
                      .map(
                          h ->
                              "process %d on %s, since %s"
                                  .formatted(h.pid(), h.host(), h.started()))
                      .orElse("it has not said yet which one")));
    }
  }

  private Owner(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the folder, which is made where missing.
   *
   * @throws Refusal when another process has it
   */
  public static Owner claim(Path folder) throws IOException, Refusal {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      for (int attempt = 1; !locked(channel); attempt++) {
        if (attempt == ATTEMPTS) {
          channel.close();
          throw new Refusal(folder, holder(folder));
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (OverlappingFileLockException e) {
      // This very process has it. The channel stays open: closing any channel of a file gives up
      // all locks that the process has on it.
      throw new Refusal(folder, holder(folder));
    }
    Owner owner = new Owner(folder, channel);
    owner.sign();
    return owner;
  }

  private static boolean locked(FileChannel channel) throws IOException {
    @Nullable FileLock lock = channel.tryLock();
    return lock != null;
  }

  private void sign() throws IOException {
    Holder me = new Holder(ProcessHandle.current().pid(), host(), Instant.now().toString());
    Path draft = folder.resolve(CARD + ".draft");
    Files.write(draft, JSON.writeValueAsBytes(me));
    Files.move(draft, folder.resolve(CARD), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Who signed last; says nothing about whether they live. */
  private static Optional<Holder> holder(Path folder) {
    try {
      return Optional.of(JSON.readValue(folder.resolve(CARD).toFile(), Holder.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Who is at work in {@code folder} now; empty when nobody is or it cannot be told. For processes
   * that do not own the folder themselves.
   */
  public static Optional<Holder> alive(Path folder) {
    Path lock = folder.resolve(LOCK);
    if (!Files.isWritable(lock)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      return locked(channel) ? Optional.empty() : holder(folder);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost"; // a machine that does not know its own name
    }
  }

  public Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(folder.resolve(CARD));
    channel.close();
  }
}
