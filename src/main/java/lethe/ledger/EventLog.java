package lethe.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import lethe.plan.DiskWord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code events.jsonl}: what happened, readable, one JSON object a line, in the order of the
 * journal. A projection for people and scripts: nothing reads it back, and it may be deleted.
 */
public final class EventLog implements AutoCloseable {
  static final String FILE = "events.jsonl";
  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

  private final Writer writer;

  private EventLog(Writer writer) {
    this.writer = writer;
  }

  /** Opens the log to append; writes it anew when it does not have a line for each event. */
  public static EventLog open(Path folder, List<Event> journal) throws IOException {
    Path file = folder.resolve(FILE);
    if (!agrees(file, journal.size())) {
      Path draft = folder.resolve(FILE + ".draft");
      try (Writer out = Files.newBufferedWriter(draft, StandardCharsets.UTF_8)) {
        for (Event event : journal) {
          out.write(line(event));
        }
      }
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return new EventLog(
        Files.newBufferedWriter(
            file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  /** Whether the file has just so many whole lines. */
  private static boolean agrees(Path file, int events) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    int lines = 0;
    byte last = '\n';
    byte[] chunk = new byte[1 << 16]; // 64 KiB
    try (var in = Files.newInputStream(file)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        for (int i = 0; i < n; i++) {
          last = chunk[i];
          lines += last == '\n' ? 1 : 0;
        }
      }
    }
    return last == '\n' && lines == events;
  }

  /** Appends {@code events}, which the journal has already. */
  public void append(List<? extends Event> events) throws IOException {
    for (Event event : events) {
      writer.write(line(event));
    }
    writer.flush();
  }

  /** One event as a line, its end included. */
  public static String line(Event event) throws JsonProcessingException {
    ObjectNode line = JSON.createObjectNode();
    line.put("at", Instant.ofEpochMilli(event.at()).toString());
    line.put("event", event.getClass().getSimpleName());
    ObjectNode rest = JSON.valueToTree(event);
    rest.remove("at");
    line.setAll(rest);
    return JSON.writeValueAsString(line) + "\n";
  }

  /** Closes the file; what could not be written is written anew when it is opened next. */
  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      LOG.warn("The end of {} cannot be written: {}", FILE, DiskWord.of(e));
    }
  }
}
