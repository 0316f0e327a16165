package lethe.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** {@code lethe.log} in an experiment's folder: what stdout shows, and stack traces besides. */
final class LogFile {
  static final String NAME = "lethe.log";
  private static final String APPENDER = "run";

  private LogFile() {}

  /** From here on the log goes to {@code folder} too; opening it again only appends. */
  static void open(Path folder) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return; // another logging library: it has its own ways
    }
    close();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} %msg%n%ex");
    encoder.start();
    FileAppender<ILoggingEvent> file = new FileAppender<>();
    file.setContext(context);
    file.setName(APPENDER);
    file.setFile(folder.resolve(NAME).toString());
    file.setAppend(true);
    file.setEncoder(encoder);
    file.start();
    root(context).addAppender(file);
    context.getLogger("lethe.cli.Mishap").setLevel(Level.DEBUG);
    // The terminal needs no stack trace: one sentence stands there already.
    context.getLogger("lethe.cli.Mishap").setAdditive(false);
    context.getLogger("lethe.cli.Mishap").addAppender(file);
  }

  /** The file in use. */
  static Optional<Path> current() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
        && root(context).getAppender(APPENDER) instanceof FileAppender<?> file) {
      return Optional.of(Path.of(file.getFile()));
    }
    return Optional.empty();
  }

  static void close() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      var file = root(context).getAppender(APPENDER);
      if (file != null) {
        root(context).detachAppender(file);
        context.getLogger("lethe.cli.Mishap").detachAppender(file);
        file.stop();
      }
    }
  }

  private static Logger root(LoggerContext context) {
    return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
