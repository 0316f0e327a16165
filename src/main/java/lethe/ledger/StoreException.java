package lethe.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The store takes nothing any more: its disk is full, read-only or broken. No fault of the stage
 * that met it, and the next stage would meet it too.
 */
public final class StoreException extends IOException {
  private static final long serialVersionUID = 1L;

  StoreException(Path root, IOException cause) {
    super(
        "The store of artifacts %s takes nothing (%s; %s free there): make room or mend it, then go on with the same command."
            .formatted(root, reason(cause), free(root)),
        cause);
  }

  private static String reason(IOException cause) {
    @Nullable String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private static String free(Path root) {
    try {
      return "%d bytes".formatted(Files.getFileStore(root).getUsableSpace());
    } catch (IOException e) {
      return "an unknown number of bytes";
    }
  }
}
