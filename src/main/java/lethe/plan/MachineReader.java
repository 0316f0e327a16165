package lethe.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the user's machine: {@code application.conf} over {@code reference.conf}. */
public final class MachineReader {
  private MachineReader() {}

  /**
   * Reads the settings of the machine. On the command line they win over {@code LETHE_DATA}, which
   * wins over the file.
   *
   * @param home folder of {@code application.conf}, which may be missing; relative paths written
   *     there start from it
   * @param words the command line's {@code key=value} words; those of the experiment are left to
   *     {@link GridReader}
   * @param results the folder given by {@code --results}
   * @param environment the process environment, for {@code LETHE_DATA}
   * @throws GridException with every problem found
   */
  public static Machine read(
      Path home, List<String> words, Optional<Path> results, Map<String, String> environment) {
    throw new UnsupportedOperationException(
        "Not read yet: " + home + words + results + environment);
  }
}
