package lethe.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables of a journal in SQLite, as akka-persistence-jdbc 5.2 reads and writes them. */
public final class JournalSchema {
  private static final String RESOURCE = "/lethe/ledger/journal.sql";

  private JournalSchema() {}

  /** How to open the journal in {@code folder}: every commit is forced to the disk. */
  public static String url(Path folder) {
    return "jdbc:sqlite:"
        + folder.resolve(JournalFile.FILE).toAbsolutePath()
        + "?journal_mode=WAL&synchronous=FULL&busy_timeout=30000";
  }

  /** Makes the tables where they are missing. */
  public static void create(Path folder) throws SQLException, IOException {
    String script;
    try (var in = JournalSchema.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException("The resource " + RESOURCE + " is missing from the program");
      }
      script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    try (Connection db = DriverManager.getConnection(url(folder));
        Statement statement = db.createStatement()) {
      db.setAutoCommit(false); // all tables or none, should the process die here
      for (String sql : script.split(";", -1)) {
        if (!sql.isBlank()) {
          statement.executeUpdate(sql);
        }
      }
      db.commit();
    }
  }
}
