package lethe.cli;

import java.io.IOException;
import java.util.List;

/**
 * Ends this process, as SIGKILL would, when the process that started it is gone, however that died:
 * the operating system then closes the pipe that is this one's standard input. Asked for by {@code
 * -Dlethe.leash=true}, for only who starts a process knows that nothing is said to it.
 */
final class Leash {
  private static final String PROPERTY = "lethe.leash";

  private Leash() {}

  /** The options of a JVM that is to wear one. */
  static List<String> words() {
    return List.of("-D" + PROPERTY + "=true");
  }

  /** Wears one from now on, where that was asked for. */
  static void wear() {
    if (Boolean.getBoolean(PROPERTY)) {
      Thread holder = new Thread(Leash::hold, "leash");
      holder.setDaemon(true);
      holder.start();
    }
  }

  private static void hold() {
    try {
      while (System.in.read() >= 0) {} // what is said is not for us
    } catch (IOException e) {
      // a broken pipe is a closed one
    }
    Runtime.getRuntime().halt(Crash.KILLED);
  }
}
