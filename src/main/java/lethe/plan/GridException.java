package lethe.plan;

import java.util.List;

/** What is wrong with an experiment or with the machine's settings: all of it at once. */
public final class GridException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // always an immutable list of strings
  private final List<String> problems;

  public GridException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One clear sentence each. */
  public List<String> problems() {
    return problems;
  }
}
