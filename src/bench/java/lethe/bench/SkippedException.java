package lethe.bench;

/** A benchmark cannot be done here; the message says why, in a sentence. */
public final class SkippedException extends Exception {
  private static final long serialVersionUID = 1L;

  public SkippedException(String sentence) {
    super(sentence);
  }
}
