package lethe.net;

/** A stage gave up because it was asked to: not a failure. */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoppedException() {
    super("stopped on request");
  }
}
