package lethe.ledger;

/**
 * Why a stage did not end well, by what helps against it. Names are part of the journal's format.
 */
public enum Fault {
  /** It fails the same way however often it is tried. */
  ERROR("failed"),
  /** A loss or a weight is no number: other settings may help. */
  DIVERGED("diverged"),
  /** It needs more memory than there was: later there may be more. */
  MEMORY("ran out of memory"),
  /** The device was lost meanwhile, for all of the process: another one may have it again. */
  DEVICE("lost the device");

  private final String verb;

  Fault(String verb) {
    this.verb = verb;
  }

  /** What a stage did, such as {@code diverged}. */
  public String verb() {
    return verb;
  }
}
