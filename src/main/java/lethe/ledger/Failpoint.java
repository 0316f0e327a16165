package lethe.ledger;

/** Moments between two effects on the disk, at which a test may end the process. */
public enum Failpoint {
  /** A checkpoint is written, but not under its name. */
  CHECKPOINT_WRITTEN,
  /** A checkpoint is in place, and those it replaces are too. */
  CHECKPOINT_PLACED,
  /** The files of an artifact are written, but not forced to the disk. */
  ARTIFACT_WRITTEN,
  /** An artifact is whole and not in place. */
  ARTIFACT_SEALED,
  /** An artifact is in place and not in the journal. */
  ARTIFACT_PLACED,
  /** Its event is about to be journalled. */
  EVENT_READY,
  /** Its event is journalled and nobody knows yet. */
  EVENT_JOURNALLED;

  /** Who is told when one is reached. */
  @FunctionalInterface
  public interface Hook {
    void reached(Failpoint point);

    /** Nobody. */
    Hook NONE = point -> {};
  }
}
