package lethe.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
  private static final List<Event> EVENTS =
      List.of(Specimen.planned(2, 0), Specimen.finished("d1", 1_000));

  private final Path folder;
  private final Path file;

  EventLogTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("events.jsonl");
  }

  @Test
  void a_line_says_when_what_and_the_rest() throws IOException {
    assertEquals(
        "{\"at\":\"1970-01-01T00:00:01Z\",\"event\":\"StageFinished\",\"key\":\"%s\","
                .formatted(Specimen.KEY)
            + "\"stage\":\"split\",\"digest\":\"d1\",\"seconds\":{\"split\":0.5},\"flags\":[],"
            + "\"adopted\":false}\n",
        EventLog.line(Specimen.finished("d1", 1_000)));
  }

  @Test
  void a_log_that_is_missing_or_short_or_torn_is_written_anew() throws IOException {
    EventLog.open(folder, EVENTS).close();
    List<String> whole = Files.readAllLines(file);
    assertEquals(2, whole.size());
    for (String harmed : List.of("", whole.get(0) + "\n", whole.get(0) + "\n{\"at\"")) {
      Files.writeString(file, harmed);
      EventLog.open(folder, EVENTS).close();
      assertEquals(whole, Files.readAllLines(file));
    }
  }

  @Test
  void new_events_are_appended() throws IOException {
    try (EventLog log = EventLog.open(folder, EVENTS)) {
      log.append(List.of(Specimen.finished("d2", 2_000)));
      assertEquals(3, Files.readAllLines(file).size(), "a reader sees them at once");
    }
  }
}
