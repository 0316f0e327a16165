package lethe.plan;

import java.nio.file.Path;
import java.util.List;

/** Reads an experiment: its file over {@code reference.conf}, the command line over both. */
public final class GridReader {
  private GridReader() {}

  /**
   * Reads a grid.
   *
   * @param experiment the experiment's file
   * @param words the command line's {@code key=value} words; those of the machine are left to
   *     {@link MachineReader}
   * @param repertoire the names and settings there are
   * @throws GridException with every problem found
   */
  public static Grid read(Path experiment, List<String> words, Repertoire repertoire) {
    throw new UnsupportedOperationException("Not read yet: " + experiment + words + repertoire);
  }
}
