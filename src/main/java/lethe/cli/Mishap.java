package lethe.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import lethe.plan.DiskWord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What nobody foresaw, in one sentence; the whole of it goes to the log. */
final class Mishap {
  private static final Logger LOG = LoggerFactory.getLogger(Mishap.class);

  private Mishap() {}

  /** Why the disk refused. */
  static String reason(IOException e) {
    return DiskWord.of(e);
  }

  static String sentence(Throwable e) {
    LOG.debug("Unexpected", e); // the run's file takes it, the terminal does not
    String where = LogFile.current().map(f -> "; the log " + f + " has more").orElse("");
    if (e instanceof AccessDeniedException denied) {
      return "No permission for " + denied.getFile() + where + ".";
    }
    if (e instanceof NoSuchFileException missing) {
      return "There is no file " + missing.getFile() + where + ".";
    }
    if (e instanceof FileSystemException file) {
      return "The disk refused %s: %s%s.".formatted(file.getFile(), file.getReason(), where);
    }
    String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    if (e instanceof IOException) {
      return "Reading or writing failed: " + what + where + ".";
    }
    return "Something unexpected happened (%s: %s)%s; LETHE_DEBUG=1 shows where."
        .formatted(e.getClass().getSimpleName(), what, where);
  }
}
