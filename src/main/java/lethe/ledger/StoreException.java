package lethe.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lethe.plan.DiskWord;
import org.jspecify.annotations.Nullable;

/**
 * The disk takes or gives nothing any more: it is full, read-only, broken or gone. No fault of the
 * stage that met it, and the next stage may meet it too.
 */
public final class StoreException extends IOException {
  private static final long serialVersionUID = 1L;

  StoreException(Path root, IOException cause) {
    super(
        "The store of artifacts %s takes nothing (%s; %s free there): make room or mend it, then go on with the same command."
            .formatted(root, reason(cause), free(root)),
        cause);
  }

  private StoreException(String sentence, Exception cause) {
    super(sentence, cause);
  }

  /** A file that was there when the run began cannot be read. */
  public static StoreException reading(Path file, Exception cause) {
    String why = cause instanceof IOException disk ? DiskWord.of(disk) : cause.getMessage();
    return new StoreException(
        "%s cannot be read any more (%s): bring it back or mend its disk, then go on with the same command."
            .formatted(file, why),
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
