package lethe.cli;

import java.nio.file.Path;

/** The folder Lethe lives in; the launcher names it. */
final class Home {
  private Home() {}

  /** How the user calls Lethe. */
  static String command() {
    return System.getProperty("lethe.command", "lethe");
  }

  static Path folder() {
    return Path.of(System.getProperty("lethe.home", "")).toAbsolutePath().normalize();
  }
}
