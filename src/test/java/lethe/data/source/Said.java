package lethe.data.source;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What a class says in the log while something is done. */
final class Said {
  private Said() {}

  /** What is done. */
  interface Deed {
    void run() throws IOException;
  }

  static List<String> by(Class<?> who, Deed deed) throws IOException {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    Logger logger = (Logger) LoggerFactory.getLogger(who);
    logger.addAppender(lines);
    try {
      deed.run();
    } finally {
      logger.detachAppender(lines);
    }
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
