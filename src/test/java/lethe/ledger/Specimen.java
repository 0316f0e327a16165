package lethe.ledger;

import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lethe.plan.Environment;
import lethe.plan.Settings;
import lethe.plan.Spec;
import lethe.plan.Stage;
import lethe.plan.StageKey;
import lethe.plan.StageKind;
import lethe.plan.Subject;

/** Small stages, events and journals for the tests of this room. */
public final class Specimen {
  static final Stage SPLIT =
      new Stage(
          StageKind.SPLIT,
          Subject.of(new Spec("glyphs", Settings.NONE, new TreeMap<>()), 1),
          Settings.NONE,
          new TreeMap<>(),
          new TreeMap<>(Map.of("seed", "1")));
  static final StageKey KEY = SPLIT.key();
  static final Environment ENVIRONMENT =
      new Environment(
          "fake-1",
          "cpu",
          "fp32",
          2,
          0,
          0,
          new TreeMap<>(),
          new TreeMap<>(Map.of("glyphs", "abc")));

  private Specimen() {}

  static Event.GridPlanned planned(int engineThreads, long at) {
    Environment environment =
        new Environment(
            "fake-1", "cpu", "fp32", engineThreads, 0, 0, new TreeMap<>(), new TreeMap<>());
    return new Event.GridPlanned("sketch", "digest", environment, 1, 5, at);
  }

  static Event.StageFinished finished(String digest, long at) {
    return new Event.StageFinished(
        KEY.hex(), "split", digest, Map.of("split", 0.5), List.of(), false, at);
  }

  /** Writes a journal as Akka's plugin does, and leaves the connection open. */
  public static Connection journal(Path folder, String experiment, List<Event> events)
      throws SQLException, IOException {
    JournalSchema.create(folder);
    Connection db = DriverManager.getConnection(JournalSchema.url(folder));
    CBORMapper cbor = new CBORMapper();
    cbor.registerModule(new Jdk8Module());
    try (PreparedStatement insert =
        db.prepareStatement(
            "INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp,"
                + " adapter_manifest, event_payload, event_ser_id, event_ser_manifest)"
                + " VALUES (?, ?, '', 0, '', ?, 33, ?)")) {
      for (int i = 0; i < events.size(); i++) {
        insert.setString(1, experiment);
        insert.setInt(2, i + 1);
        insert.setBytes(3, cbor.writeValueAsBytes(events.get(i)));
        insert.setString(4, events.get(i).getClass().getName());
        insert.executeUpdate();
      }
    }
    return db;
  }
}
