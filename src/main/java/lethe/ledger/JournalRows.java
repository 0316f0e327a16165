package lethe.ledger;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/** The rows of a journal, as akka-persistence-jdbc 5.2 writes them. */
final class JournalRows implements AutoCloseable {
  private static final ObjectMapper CBOR =
      new CBORMapper()
          .registerModule(new Jdk8Module())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final Connection db;

  private JournalRows(Connection db) {
    this.db = db;
  }

  /** What is read is not what a supervisor wrote; the message says what is wrong with "it". */
  static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;

    private Fault(String reason) {
      super(reason);
    }
  }

  static JournalRows open(Path file, boolean readOnly) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(readOnly);
    config.setBusyTimeout(10_000); // ms: longer than a checkpoint
    return new JournalRows(config.createConnection("jdbc:sqlite:" + file.toAbsolutePath()));
  }

  /** How many tables and indices there are; none in a journal whose process died at its birth. */
  int tables() throws SQLException {
    return Integer.parseInt(one("SELECT count(*) FROM sqlite_master").orElse("0"));
  }

  /** Another experiment whose events stand here. */
  Optional<String> other(String experiment) throws SQLException, Fault {
    check();
    try (PreparedStatement statement =
        db.prepareStatement(
            "SELECT persistence_id FROM event_journal WHERE persistence_id <> ? LIMIT 1")) {
      statement.setString(1, experiment);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  /** The experiments whose events stand here: one, unless somebody mixed files. */
  List<String> experiments() throws SQLException, Fault {
    check();
    List<String> names = new ArrayList<>();
    try (Statement statement = db.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT DISTINCT persistence_id FROM event_journal ORDER BY persistence_id")) {
      while (row.next()) {
        names.add(row.getString(1));
      }
    }
    return names;
  }

  private void check() throws SQLException, Fault {
    String verdict = one("PRAGMA quick_check(1)").orElse("no answer");
    if (!verdict.equals("ok")) {
      throw new Fault(verdict);
    }
    if (one("SELECT 1 FROM sqlite_master WHERE name = 'event_journal'").isEmpty()) {
      throw new Fault("it has no table of events");
    }
  }

  private Optional<String> one(String sql) throws SQLException {
    try (Statement statement = db.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }

  /** Every event of {@code experiment}, oldest first. */
  List<Event> events(String experiment) throws SQLException, Fault {
    List<Event> events = new ArrayList<>();
    try (PreparedStatement statement =
        db.prepareStatement(
            "SELECT sequence_number, event_ser_manifest, event_payload FROM event_journal"
                + " WHERE persistence_id = ? ORDER BY sequence_number")) {
      statement.setString(1, experiment);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          int number = events.size() + 1;
          if (row.getLong(1) != number) {
            throw new Fault("event %d is missing".formatted(number));
          }
          events.add(event(row.getString(2), row.getBytes(3), number));
        }
      }
    }
    return events;
  }

  private static Event event(String manifest, byte[] payload, int number) throws Fault {
    for (Class<?> type : Event.class.getPermittedSubclasses()) {
      if (type.getName().equals(manifest)) {
        try {
          return CBOR.readValue(payload, type.asSubclass(Event.class));
        } catch (IOException | IllegalArgumentException e) {
          throw new Fault("event %d cannot be decoded".formatted(number));
        }
      }
    }
    throw new Fault("nobody knows the event " + manifest);
  }

  @Override
  public void close() throws SQLException {
    db.close();
  }
}
