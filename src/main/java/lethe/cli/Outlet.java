package lethe.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** A standard stream that remembers what it could not write: the print streams above it forget. */
final class Outlet extends OutputStream {
  private final OutputStream out;
  private Optional<String> loss = Optional.empty();

  Outlet(OutputStream out) {
    this.out = out;
  }

  static Outlet standard(FileDescriptor stream) {
    return new Outlet(new FileOutputStream(stream));
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      loss = Optional.of(Mishap.reason(e));
      throw e;
    }
  }

  /** Why something was lost; empty when all was written, or when the reader went away. */
  Optional<String> loss() {
    return loss.filter(reason -> !reason.contains("Broken pipe"));
  }
}
