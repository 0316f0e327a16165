package lethe.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A device lock of two file locks: the gate first, then the device; the gate is held while waiting
 * for the device and given up when it is taken. Who just used the device finds the gate taken by
 * who waits, so two processes alternate.
 *
 * <p>Synchronized, for a run that ends in haste closes it while an actor may still use it.
 */
final class Turnstile implements DeviceLock {
  private final FileChannel gateFile;
  private final FileChannel deviceFile;
  private @Nullable FileLock gate;
  private @Nullable FileLock device;

  private Turnstile(FileChannel gateFile, FileChannel deviceFile) {
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
    return new Turnstile(gate, open(folder.resolve(plain(device) + ".lock")));
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
    return true;
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
