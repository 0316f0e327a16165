package lethe.cli;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import lethe.ledger.Failpoint;

/**
 * Ends the process, as SIGKILL would, when it reaches a {@link Failpoint} for the n-th time: for
 * moments that chance does not hit. Asked for by {@code -Dlethe.crash=artifact-sealed:3}.
 */
final class Crash implements Failpoint.Hook {
  static final String PROPERTY = "lethe.crash";
  static final int KILLED = 137; // what a shell sees of SIGKILL

  private final Failpoint at;
  private final AtomicInteger left;

  private Crash(Failpoint at, int times) {
    this.at = at;
    this.left = new AtomicInteger(times);
  }

  /** What the system property asks for; nothing without it. */
  static Failpoint.Hook asked() {
    String[] words = System.getProperty(PROPERTY, "").split(":");
    if (words.length != 2) {
      return Failpoint.Hook.NONE;
    }
    String name = words[0].replace('-', '_').toUpperCase(Locale.ROOT);
    return new Crash(Failpoint.valueOf(name), Integer.parseInt(words[1]));
  }

  /** The words of the property that ask for it. */
  static String words(Failpoint at, int times) {
    return "-D%s=%s:%d".formatted(PROPERTY, name(at), times);
  }

  static String name(Failpoint point) {
    return point.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public void reached(Failpoint point) {
    if (point == at && left.decrementAndGet() == 0) {
      Runtime.getRuntime().halt(KILLED);
    }
  }
}
