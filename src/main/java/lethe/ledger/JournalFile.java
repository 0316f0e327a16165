package lethe.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The file of an experiment's journal, {@code journal.db}, read without Akka: no lock is taken, so
 * it may be read while the experiment runs, after it was killed, and on a read-only disk. The
 * supervisor alone writes it.
 */
public final class JournalFile {
  /** The name of the file in an experiment's folder. */
  public static final String FILE = "journal.db";

  private static final List<String> FILES =
      List.of(FILE, FILE + "-wal", FILE + "-shm", EventLog.FILE);
  private static final int WAL_HEADER = 32; // bytes, before the first page
  private static final int PRIMARY = 0xff; // SQLite's extended codes have the plain one below

  private JournalFile() {}

  /** What stands in the file. */
  public sealed interface Reading {}

  /** There is no journal yet. */
  public record Absent() implements Reading {}

  /** Every event, oldest first. */
  public record Events(List<Event> events) implements Reading {
    public Events {
      events = List.copyOf(events);
    }

    public Progress progress() {
      return Progress.of(events);
    }
  }

  /** It is the journal of another experiment. */
  public record Foreign(String sentence) implements Reading {}

  /** It is truncated or malformed; {@link #setAside} makes room for a new one. */
  public record Damaged(String sentence) implements Reading {}

  /**
   * It may be sound, but cannot be read now: permissions, a full disk, a lock. Leave it where it
   * is.
   */
  public record Unreadable(String sentence) implements Reading {}

  /**
   * Reads the journal in {@code folder}.
   *
   * @param experiment name of the experiment that must own it
   */
  public static Reading read(Path folder, String experiment) {
    return read(folder, Optional.of(experiment));
  }

  /** Reads the journal in {@code folder}, whichever experiment owns it; it is never foreign. */
  public static Reading read(Path folder) {
    return read(folder, Optional.empty());
  }

  private static Reading read(Path folder, Optional<String> experiment) {
    Path file = folder.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        return new Absent();
      }
      if (Files.size(file) == 0) {
        return unborn(folder, "it is empty");
      }
      return readAnyhow(folder, experiment);
    } catch (SQLException e) {
      return isDamage(e) ? damaged(file, reason(e)) : unreadable(file, e);
    } catch (IOException e) {
      return unreadable(file, e);
    }
  }

  /**
   * A journal without a table is one whose process died at its birth, unless something tells of
   * events that were in it.
   */
  private static Reading unborn(Path folder, String reason) throws IOException {
    Path wal = folder.resolve(FILE + "-wal");
    Path log = folder.resolve(EventLog.FILE);
    boolean lived =
        (Files.exists(wal) && Files.size(wal) > WAL_HEADER)
            || (Files.exists(log) && Files.size(log) > 0);
    return lived ? damaged(folder.resolve(FILE), reason) : new Absent();
  }

  private static Unreadable unreadable(Path file, Exception e) {
    return new Unreadable(
        "The journal %s cannot be read now, though it may be sound (%s: %s): see to its permissions and to room in %s, then try again."
            .formatted(
                file,
                e.getClass().getSimpleName(),
                e.getMessage(),
                System.getProperty("java.io.tmpdir")));
  }

  /** In place where SQLite can, from a copy where it may not write its lock files. */
  private static Reading readAnyhow(Path folder, Optional<String> experiment)
      throws SQLException, IOException {
    Path file = folder.resolve(FILE);
    if (Files.isWritable(folder) && Files.isWritable(file)) {
      try {
        return readAt(folder, file, experiment);
      } catch (SQLiteException e) {
        if (isDamage(e)) {
          throw e;
        }
      }
    }
    Path copy = Files.createTempDirectory("lethe-journal");
    try {
      Path target = copy.resolve(FILE);
      Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      Path wal = folder.resolve(FILE + "-wal");
      if (Files.exists(wal)) {
        Files.copy(wal, copy.resolve(FILE + "-wal"), StandardCopyOption.REPLACE_EXISTING);
      }
      target.toFile().setWritable(true);
      return readAt(folder, target, experiment);
    } finally {
      ArtifactStore.delete(copy);
    }
  }

  /**
   * @param folder whose journal sentences speak of
   * @param opened the journal itself, which is only read, or its copy
   */
  private static Reading readAt(Path folder, Path opened, Optional<String> experiment)
      throws SQLException, IOException {
    Path file = folder.resolve(FILE);
    try (JournalRows rows = JournalRows.open(opened, opened.equals(file))) {
      if (rows.tables() == 0) {
        return unborn(folder, "it has no table of events");
      }
      if (experiment.isEmpty()) {
        List<Event> events = new ArrayList<>();
        for (String name : rows.experiments()) {
          events.addAll(rows.events(name));
        }
        return new Events(events);
      }
      String name = experiment.get();
      Optional<String> other = rows.other(name);
      if (other.isPresent()) {
        return new Foreign(
            "%s is the journal of the experiment \"%s\", not of \"%s\": give this one another name or another results folder."
                .formatted(file, other.get(), name));
      }
      return new Events(rows.events(name));
    } catch (JournalRows.Fault fault) {
      return damaged(file, String.valueOf(fault.getMessage()));
    }
  }

  private static boolean isDamage(SQLException e) {
    int code = e.getErrorCode() & PRIMARY;
    return code == SQLiteErrorCode.SQLITE_CORRUPT.code
        || code == SQLiteErrorCode.SQLITE_NOTADB.code;
  }

  private static String reason(SQLException e) {
    return e instanceof SQLiteException s && s.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB
        ? "it is not a database"
        : String.valueOf(e.getMessage());
  }

  private static Damaged damaged(Path file, String reason) {
    return new Damaged("The journal %s is damaged: %s.".formatted(file, reason));
  }

  /**
   * Moves a damaged journal, and its readable log, out of the way; nothing is deleted. What its
   * stages left stands in the store and is found again.
   *
   * @return the folder that holds it now
   */
  public static Path setAside(Path folder) throws IOException {
    Path target = folder.resolve("journal.damaged-1");
    for (int n = 2; Files.exists(target); n++) {
      target = folder.resolve("journal.damaged-" + n);
    }
    Files.createDirectory(target);
    for (String name : FILES) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        Files.move(file, target.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return target;
  }
}
