package lethe.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
  private static final List<Event> EVENTS =
      List.of(
          Specimen.planned(2, 1),
          Specimen.finished("d1", 2),
          new Event.ArtifactLost(Specimen.KEY.hex(), "its artifact is missing", 3),
          new Event.StageFailed(
              Specimen.KEY.hex(), "split", "the class 3 is empty", Fault.ERROR, 1, 4));

  private final Path folder;

  JournalFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private JournalFile.Reading read() {
    return JournalFile.read(folder, "sketch");
  }

  private JournalFile.Damaged damaged() {
    return assertInstanceOf(JournalFile.Damaged.class, read());
  }

  @Test
  void events_are_read_while_a_writer_has_the_journal_open() throws Exception {
    try (Connection writer = Specimen.journal(folder, "sketch", EVENTS)) {
      assertFalse(writer.isClosed());
      assertEquals(new JournalFile.Events(EVENTS), read());
    }
    assertEquals(new JournalFile.Events(EVENTS), read());
  }

  @Test
  void what_a_killed_process_left_in_the_wal_is_read() throws Exception {
    Path killed = Files.createDirectory(folder.resolve("killed"));
    try (Connection writer = Specimen.journal(folder, "sketch", EVENTS)) {
      assertFalse(writer.isClosed());
      Files.copy(folder.resolve("journal.db"), killed.resolve("journal.db"));
      Files.copy(folder.resolve("journal.db-wal"), killed.resolve("journal.db-wal"));
    }
    assertEquals(new JournalFile.Events(EVENTS), JournalFile.read(killed, "sketch"));
  }

  @Test
  void a_missing_journal_is_absent() {
    assertInstanceOf(JournalFile.Absent.class, read());
  }

  @Test
  void a_journal_whose_process_died_at_its_birth_is_absent_and_may_be_written() throws Exception {
    Files.createFile(folder.resolve("journal.db"));
    assertInstanceOf(JournalFile.Absent.class, read());
    try (Connection db = DriverManager.getConnection(JournalSchema.url(folder))) {
      db.createStatement().executeUpdate("PRAGMA user_version = 1"); // a header, no table
    }
    assertTrue(Files.size(folder.resolve("journal.db")) > 0);
    assertInstanceOf(JournalFile.Absent.class, read());

    JournalSchema.create(folder);
    assertEquals(new JournalFile.Events(List.of()), read());
  }

  @Test
  void an_empty_journal_that_had_events_is_damaged() throws Exception {
    Files.createFile(folder.resolve("journal.db"));
    Files.writeString(folder.resolve("events.jsonl"), "{}\n");
    assertTrue(damaged().sentence().endsWith("it is empty."));
    Files.delete(folder.resolve("events.jsonl"));
    Files.write(folder.resolve("journal.db-wal"), new byte[5000]);
    assertTrue(damaged().sentence().endsWith("it is empty."));
  }

  @Test
  void the_journal_of_another_experiment_is_refused_by_name() throws Exception {
    Specimen.journal(folder, "other", EVENTS).close();
    JournalFile.Foreign foreign = assertInstanceOf(JournalFile.Foreign.class, read());
    assertTrue(foreign.sentence().contains("\"other\", not of \"sketch\""), foreign.sentence());
  }

  @Test
  void a_truncated_journal_is_damaged_wherever_it_was_cut() throws IOException, SQLException {
    List<Event> many = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      many.add(Specimen.finished("digest-" + i, i));
    }
    Specimen.journal(folder, "sketch", many).close();
    Files.writeString(folder.resolve("events.jsonl"), "{}\n"); // as every run has beside it
    byte[] whole = Files.readAllBytes(folder.resolve("journal.db"));
    for (int part = 0; part < 10; part++) {
      int length = whole.length / 10 * part;
      Files.write(folder.resolve("journal.db"), Arrays.copyOf(whole, length));
      assertTrue(damaged().sentence().contains("journal.db is damaged: "), "cut at " + length);
    }
  }

  @Test
  void a_file_that_is_no_database_is_damaged() throws IOException {
    Files.writeString(folder.resolve("journal.db"), "a shopping list, ".repeat(100));
    assertTrue(damaged().sentence().endsWith("it is not a database."));
  }

  @Test
  void a_gap_in_the_sequence_is_damage() throws Exception {
    try (Connection db = Specimen.journal(folder, "sketch", EVENTS)) {
      db.createStatement().executeUpdate("DELETE FROM event_journal WHERE sequence_number = 2");
    }
    assertTrue(damaged().sentence().endsWith("event 2 is missing."));
  }

  @Test
  void a_damaged_journal_is_set_aside_and_nothing_is_lost() throws Exception {
    Files.writeString(folder.resolve("journal.db"), "broken");
    Files.writeString(folder.resolve("events.jsonl"), "{}\n");

    Path aside = JournalFile.setAside(folder);

    assertInstanceOf(JournalFile.Absent.class, read());
    assertEquals("broken", Files.readString(aside.resolve("journal.db")));
    assertEquals("{}\n", Files.readString(aside.resolve("events.jsonl")));
    Files.writeString(folder.resolve("journal.db"), "broken again");
    assertFalse(aside.equals(JournalFile.setAside(folder)));
  }

  @Test
  void what_cannot_be_opened_is_unreadable_and_not_damaged() throws IOException {
    Files.createDirectory(folder.resolve("journal.db"));
    Files.writeString(folder.resolve("journal.db").resolve("something"), "inside");
    JournalFile.Unreadable unreadable = assertInstanceOf(JournalFile.Unreadable.class, read());
    assertTrue(unreadable.sentence().contains("may be sound"), unreadable.sentence());
  }

  @Test
  void an_event_that_cannot_be_decoded_is_damage() throws Exception {
    try (Connection db = Specimen.journal(folder, "sketch", EVENTS)) {
      db.createStatement()
          .executeUpdate(
              "UPDATE event_journal SET event_payload = x'00ff' WHERE sequence_number = 2");
    }
    assertTrue(damaged().sentence().endsWith("event 2 cannot be decoded."));
  }

  @Test
  void a_flipped_bit_anywhere_gives_a_verdict_and_never_an_exception() throws Exception {
    Specimen.journal(folder, "sketch", EVENTS).close();
    Files.writeString(folder.resolve("events.jsonl"), "{}\n");
    byte[] whole = Files.readAllBytes(folder.resolve("journal.db"));
    int harmed = 0;
    for (int at = 0; at < whole.length; at += 97) { // no divisor of the size of a page
      byte[] bytes = whole.clone();
      bytes[at] ^= (byte) (1 << at % 8);
      Files.write(folder.resolve("journal.db"), bytes);
      JournalFile.Reading reading = read();
      if (reading instanceof JournalFile.Events events) {
        assertTrue(events.progress().finished().size() <= 1, "at byte " + at);
      } else {
        harmed++;
      }
    }
    assertTrue(harmed > 0, "some bytes matter");
  }
}
