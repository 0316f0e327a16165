package lethe.cli;

import java.util.List;

/** The door does not open: sentences for the user and an exit code. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exit;

  @SuppressWarnings("serial") // always an immutable list of strings
  private final List<String> sentences;

  Refusal(int exit, List<String> sentences) {
    super(String.join("\n", sentences));
    this.exit = exit;
    this.sentences = List.copyOf(sentences);
  }

  /** Something about the command line or the experiment. */
  static Refusal usage(String sentence) {
    return new Refusal(Exit.USAGE, List.of(sentence));
  }

  /** Something about this machine: engine, data, disk, another process. */
  static Refusal environment(String sentence) {
    return new Refusal(Exit.ENVIRONMENT, List.of(sentence));
  }

  int exit() {
    return exit;
  }

  List<String> sentences() {
    return sentences;
  }
}
