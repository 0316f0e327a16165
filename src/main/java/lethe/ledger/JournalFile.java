package lethe.ledger;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
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
  private static final ObjectMapper CBOR =
      new CBORMapper()
          .registerModule(new Jdk8Module())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

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
    Path file = folder.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        return new Absent();
      }
      if (Files.size(file) == 0) {
        return damaged(file, "it is empty");
      }
      return readAnyhow(file, experiment);
    } catch (SQLException e) {
      return isDamage(e) ? damaged(file, reason(e)) : unreadable(file, e);
    } catch (IOException e) {
      return unreadable(file, e);
    }
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
  private static Reading readAnyhow(Path file, String experiment) throws SQLException, IOException {
    if (Files.isWritable(file.toAbsolutePath().getParent()) && Files.isWritable(file)) {
      try {
        return readAt(file, true, experiment);
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
      Path wal = file.resolveSibling(FILE + "-wal");
      if (Files.exists(wal)) {
        Files.copy(wal, copy.resolve(FILE + "-wal"), StandardCopyOption.REPLACE_EXISTING);
      }
      target.toFile().setWritable(true);
      return readAt(target, false, experiment);
    } finally {
      ArtifactStore.delete(copy);
    }
  }

  private static Reading readAt(Path file, boolean readOnly, String experiment)
      throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(readOnly);
    config.setBusyTimeout(10_000); // ms: longer than a checkpoint
    try (Connection db = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath())) {
      Optional<String> fault = fault(db);
      if (fault.isPresent()) {
        return damaged(file, fault.get());
      }
      Optional<String> other = other(db, experiment);
      if (other.isPresent()) {
        return new Foreign(
            "%s is the journal of the experiment \"%s\", not of \"%s\": give this one another name or another results folder."
                .formatted(file, other.get(), experiment));
      }
      return events(db, file, experiment);
    }
  }

  private static Optional<String> fault(Connection db) throws SQLException {
    try (Statement statement = db.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
      String verdict = row.next() ? row.getString(1) : "no answer";
      if (!"ok".equals(verdict)) {
        return Optional.of(verdict);
      }
    }
    try (Statement statement = db.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'event_journal'")) {
      return row.next() ? Optional.empty() : Optional.of("it has no table of events");
    }
  }

  private static Optional<String> other(Connection db, String experiment) throws SQLException {
    try (PreparedStatement statement =
        db.prepareStatement(
            "SELECT persistence_id FROM event_journal WHERE persistence_id <> ? LIMIT 1")) {
      statement.setString(1, experiment);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  private static Reading events(Connection db, Path file, String experiment) throws SQLException {
    List<Event> events = new ArrayList<>();
    try (PreparedStatement statement =
        db.prepareStatement(
            "SELECT sequence_number, event_ser_manifest, event_payload FROM event_journal"
                + " WHERE persistence_id = ? ORDER BY sequence_number")) {
      statement.setString(1, experiment);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          if (row.getLong(1) != events.size() + 1L) {
            return damaged(file, "event %d is missing".formatted(events.size() + 1));
          }
          Optional<Class<? extends Event>> type = type(row.getString(2));
          if (type.isEmpty()) {
            return damaged(file, "nobody knows the event " + row.getString(2));
          }
          try {
            events.add(CBOR.readValue(row.getBytes(3), type.get()));
          } catch (IOException | IllegalArgumentException e) {
            return damaged(file, "event %d cannot be decoded".formatted(events.size() + 1));
          }
        }
      }
    }
    return new Events(events);
  }

  private static Optional<Class<? extends Event>> type(String manifest) {
    for (Class<?> type : Event.class.getPermittedSubclasses()) {
      if (type.getName().equals(manifest)) {
        return Optional.of(type.asSubclass(Event.class));
      }
    }
    return Optional.empty();
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
