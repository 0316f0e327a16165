package lethe.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import lethe.plan.Settings;
import lethe.plan.Spec;
import lethe.plan.Stage;
import lethe.plan.StageKey;
import lethe.plan.StageKind;
import lethe.plan.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ConsoleTest {
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(Console.class);
  private final AtomicLong now = new AtomicLong();
  private final Console console = new Console(now::get);
  private final Stage stage =
      new Stage(
          StageKind.UNLEARNED,
          Subject.of(new Spec("glyphs", Settings.NONE, new TreeMap<>()), 1).by("cf"),
          Settings.NONE,
          new TreeMap<>(),
          new TreeMap<>(Map.of("a", "b")));
  private final StageKey key = stage.key();

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(lines);
  }

  private List<String> said() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void a_stage_says_when_it_starts_and_when_it_ends() {
    console.planned(10, 3);
    console.started(key, stage);
    console.finished(key, stage, Map.of("unlearnSeconds", 4.0, "wait", 2.0), false);
    assertEquals("10 stages: 3 stand, 7 to do", said().get(0));
    assertTrue(said().get(1).startsWith("start  unlearned glyphs/cf/seed-1 "), said().get(1));
    assertTrue(
        said().get(2).endsWith("(took 4.0 s, waited 2.0 s for the device) [4 of 10]"),
        said().get(2));
  }

  @Test
  void progress_comes_every_few_seconds_and_guesses_what_is_left() {
    console.started(key, stage);
    console.progress(key, stage, 0, 100, Double.NaN);
    now.set(1_000);
    console.progress(key, stage, 5, 100, 2.5); // too soon
    now.set(10_000);
    console.progress(key, stage, 50, 100, 1.25); // 10 s for half of it
    assertEquals(2, said().size());
    assertTrue(
        said().get(1).endsWith("step 50 of 100, loss 1.250, about 10.0 s left"), said().get(1));
  }

  @Test
  void a_long_wait_names_the_process_that_has_the_device() {
    console.waiting(key, stage, Optional.of(4711L));
    console.waiting(key, stage, Optional.empty());
    assertTrue(said().get(0).endsWith(": process 4711 has the device"), said().get(0));
    assertTrue(said().get(1).endsWith(": another process has the device"), said().get(1));
  }

  @Test
  void spans_read_as_people_say_them() {
    assertEquals("4.2 s", Console.span(4.2));
    assertEquals("3 min 20 s", Console.span(200));
    assertEquals("2 h 5 min", Console.span(7500));
  }
}
