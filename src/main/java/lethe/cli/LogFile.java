package lethe.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * {@code lethe.log} in an experiment's folder: what stdout shows, and stack traces besides. When it
 * has grown to {@link #MOST} it becomes {@code lethe.log.1}, what was there {@code lethe.log.2},
 * and so on; the oldest of {@link #KEPT} goes. How full it is is looked at now and then, so a file
 * may be somewhat larger.
 */
final class LogFile {
  static final String NAME = "lethe.log";
  private static final String APPENDER = "run";
  private static final long MOST = 10L * FileSize.MB_COEFFICIENT; // weeks of a busy grid
  private static final int KEPT = 3; // old files

  private LogFile() {}

  /** From here on the log goes to {@code folder} too; opening it again only appends. */
  static void open(Path folder) {
    open(folder, MOST);
  }

  /**
   * @param most bytes of one file
   */
  static void open(Path folder, long most) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return; // another logging library: it has its own ways
    }
    close();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} %msg%n%ex");
    encoder.start();
    String name = folder.resolve(NAME).toString();
    FileAppender<ILoggingEvent> file = // a pattern of Logback's cannot name a folder with a percent
        name.indexOf('%') < 0 ? rolling(context, name, most) : new FileAppender<>();
    file.setContext(context);
    file.setName(APPENDER);
    file.setFile(name);
    file.setAppend(true);
    file.setEncoder(encoder);
    file.start();
    root(context).addAppender(file);
    context.getLogger("lethe.cli.Mishap").setLevel(Level.DEBUG);
    // The terminal needs no stack trace: one sentence stands there already.
    context.getLogger("lethe.cli.Mishap").setAdditive(false);
    context.getLogger("lethe.cli.Mishap").addAppender(file);
  }

  private static FileAppender<ILoggingEvent> rolling(
      LoggerContext context, String name, long most) {
    RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
    file.setFile(name);
    FixedWindowRollingPolicy window = new FixedWindowRollingPolicy();
    window.setContext(context);
    window.setParent(file);
    window.setFileNamePattern(name + ".%i");
    window.setMinIndex(1);
    window.setMaxIndex(KEPT);
    window.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(context);
    size.setMaxFileSize(new FileSize(most));
    size.start();
    file.setRollingPolicy(window);
    file.setTriggeringPolicy(size);
    return file;
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
