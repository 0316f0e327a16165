package lethe.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A device lock of two file locks: the gate first, then the device; the gate is held while waiting
 * for the device and given up when it is taken. Who just used the device finds the gate taken by
 * who waits, so two processes alternate.
 *
 * <p>Synchronized, for a run that ends in haste closes it while an actor may still use it.
 */
final class Turnstile implements DeviceLock {
  private final Path devicePath;
  private final FileChannel gateFile;
  private final FileChannel deviceFile;
  private @Nullable FileLock gate;
  private @Nullable FileLock device;

  private Turnstile(Path devicePath, FileChannel gateFile, FileChannel deviceFile) {
    this.devicePath = devicePath;
    this.gateFile = gateFile;
    this.deviceFile = deviceFile;
  }

  /** The turnstile of a device of this machine and user. */
  static Turnstile of(String device) throws IOException {
    String user = plain(System.getProperty("user.name", "user"));
    Path folder = Path.of(System.getProperty("java.io.tmpdir"), "lethe-" + user);
    return in(folder, device);
  }

  static Turnstile in(Path folder, String device) throws IOException {
    Files.createDirectories(folder);
    FileChannel gate = open(folder.resolve(plain(device) + ".gate"));
    Path lock = folder.resolve(plain(device) + ".lock");
    return new Turnstile(lock, gate, open(lock));
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-");
  }

  @Override
  public synchronized boolean tryAcquire() {
    if (gate == null) {
      gate = tryLock(gateFile);
    }
    if (gate == null) {
      return false;
    }
    device = tryLock(deviceFile);
    if (device == null) {
      return false;
    }
    withdraw();
    sign();
    return true;
  }

  /** Leaves this process's number in the lock's file, for those who wait. */
  private void sign() {
    byte[] pid = String.valueOf(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
    try {
      deviceFile.truncate(0);
      deviceFile.write(ByteBuffer.wrap(pid), 0);
    } catch (IOException e) {
      LoggerFactory.getLogger(Turnstile.class).debug("The lock takes no signature", e);
    }
  }

  @Override
  public Optional<Long> holder() {
    ByteBuffer pid = ByteBuffer.allocate(20); // digits of the largest number
    try (FileChannel file = FileChannel.open(devicePath, StandardOpenOption.READ)) {
      file.read(pid);
      return Optional.of(
          Long.valueOf(new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII)));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty(); // nobody signed
    }
  }

  @Override
  public synchronized void withdraw() {
    giveUp(gate);
    gate = null;
  }

  @Override
  public synchronized void release() {
    giveUp(device);
    device = null;
  }

  private static @Nullable FileLock tryLock(FileChannel file) {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another run in this very process has it
    } catch (IOException e) {
      throw new UncheckedIOException("The lock of the device fails", e);
    }
  }

  private static void giveUp(@Nullable FileLock lock) {
    if (lock == null || !lock.isValid()) {
      return;
    }
    try {
      lock.release();
    } catch (IOException e) {
      throw new UncheckedIOException("The lock of the device fails", e);
    }
  }

  @Override
  public synchronized void close() {
    withdraw();
    release();
    try {
      gateFile.close();
      deviceFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The lock of the device cannot be closed", e);
    }
  }
}
